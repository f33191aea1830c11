//! One integration binary, a module per topic.

mod architecture;
mod bad_input;
mod expected;
mod facts;
mod formats;
mod help;
mod method;
mod readme;
mod unprepared;
