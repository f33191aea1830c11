//! Answers to pictures: a spec (plain data) decides, the drawing obeys.
