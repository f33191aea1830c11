//! The values all stages share: figures, observations, periods, questions and answers.
//!
//! Nothing here reads files, knows a table of names, or touches the database.

mod answer;
mod article;
mod figure;
mod meeting;
mod observation;
mod period;
mod proof;
mod rounding;
mod words;

pub use answer::{Answer, AnswerRow, Denominator, Evidence, Granularity, Question};
pub use article::Article;
pub use figure::{Figure, Subject, SubjectKind};
pub use meeting::{Amounts, Meeting, Settled};
pub use observation::{
    Commodity, Dataset, Flags, Observation, Reject, Role, TableEnd, TableHead, TableReading, TableRows,
};
pub use period::Period;
pub use proof::{ComputedProof, Proof, ProofFile, ProofRow, StatedProof};
pub use rounding::{round_half_away, share_text};
pub use words::{Basis, FigureState, Measure, Qualifier, Status, Unit};
