//! What reaches the database, how often, and what blocks meanwhile.
