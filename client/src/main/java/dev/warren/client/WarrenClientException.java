package dev.warren.client;

/// Thrown for a task that the broker is not known to have. The subclasses differ by what to do
/// next; each message names the task, its address and the remedy.
public abstract sealed class WarrenClientException extends RuntimeException
    permits UnroutableTaskException,
        RejectedTaskException,
        UnconfirmedTaskException,
        UnsentTaskException {
  private static final long serialVersionUID = 1;

  private final String taskId;
  private final String exchange;
  private final String routingKey;

  WarrenClientException(Message message, String what, String remedy) {
    super(
        "task '%s' to exchange '%s' with routing key '%s': %s; %s"
            .formatted(message.id(), message.exchange(), message.routingKey(), what, remedy));
    taskId = message.id();
    exchange = message.exchange();
    routingKey = message.routingKey();
  }

  /// Id of the task.
  public String taskId() {
    return taskId;
  }

  /// Exchange it was published to.
  public String exchange() {
    return exchange;
  }

  /// Routing key it was published with.
  public String routingKey() {
    return routingKey;
  }
}
