package dev.warren.examples.email;

/// The JSON body of every task of this example.
///
/// @param to address of the customer
/// @param subject what it is about
/// @param outbox directory that stands for the providers of this example
public record Message(String to, String subject, String outbox) {}
