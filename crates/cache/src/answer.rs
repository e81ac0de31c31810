//! The answer of a whole run, with everything that the run read: a second run that would read the same says the same.
//!
//! A [`Recorder`] stands between a run and its file system, and notes what each question was answered with: the contents
//! of files, listings of folders, what is at a path (also that there is nothing). The next run asks the same questions
//! again, without doing anything with the answers but comparing them. No list of inputs has to be maintained, so none
//! can be forgotten. What doesn't come from the file system (the program, its arguments, the environment) is part of
//! the question's [`Key`](crate::Key).

mod reads;
mod recorder;

pub use reads::Reads;
pub use recorder::Recorder;
