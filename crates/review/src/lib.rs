//! What would a lead architect say of this system, and what proves it?
