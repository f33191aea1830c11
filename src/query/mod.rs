//! Questions to shares, ranks and their denominators.
