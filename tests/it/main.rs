//! One integration binary, a module per topic.

mod any_text;
mod architecture;
mod bad_input;
mod desk;
mod expected;
mod facts;
mod formats;
mod help;
mod makes;
mod many;
mod method;
mod readme;
mod review;
mod unprepared;
