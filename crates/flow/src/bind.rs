//! A summary at a call: parameters become arguments, touches become lazy loads, effects become those of the caller.
