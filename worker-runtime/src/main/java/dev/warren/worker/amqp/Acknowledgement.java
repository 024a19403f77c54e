package dev.warren.worker.amqp;

/// One `basic.ack` to send.
///
/// @param tag delivery tag
/// @param multiple whether it stands for every outstanding delivery up to the tag
record Acknowledgement(long tag, boolean multiple) {}
