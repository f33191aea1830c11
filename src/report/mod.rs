//! Answers to a document: HTML, Markdown and PNG charts.
