//! Directions between layers, contexts and frameworks.
