package dev.warren.operator.broker;

/// What a user may do in a vhost: three regular expressions over names of exchanges and queues; the
/// empty one matches nothing.
public record Permissions(String configure, String write, String read) {}
