//! One integration binary, a module per topic.

mod architecture;
mod expected;
mod help;
