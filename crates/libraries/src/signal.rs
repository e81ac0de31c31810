//! Signals: what makes an object to which receivers are connected.

/// The classes and functions that make one, under each name that they are imported by.
const SIGNALS: &[&str] =
    &["blinker.Signal", "blinker.signal", "django.dispatch.Signal", "django.dispatch.dispatcher.Signal"];

/// Whether a call of this name makes a signal.
pub fn makes_signal(full_name: &str) -> bool {
    SIGNALS.contains(&full_name)
}
