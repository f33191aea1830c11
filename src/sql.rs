//! Names every SQL statement of the program.
