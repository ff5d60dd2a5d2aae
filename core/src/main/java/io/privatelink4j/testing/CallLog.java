package io.privatelink4j.testing;

import io.privatelink4j.spi.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * The remote calls that reached a cloud, in the order in which it carried them out, failed ones
 * included. What owners and out-of-band hands do is not logged. Thread-safe.
 */
public final class CallLog {
  private final List<LoggedCall> calls = new ArrayList<>();

  CallLog() {}

  /** {@return all calls since the last {@link #clear}} */
  public synchronized List<LoggedCall> all() {
    return List.copyOf(calls);
  }

  /** {@return how many calls there are} */
  public synchronized int size() {
    return calls.size();
  }

  /**
   * {@return how many calls of an operation there are}
   *
   * @param operation the operation
   */
  public synchronized int count(Operation operation) {
    return (int) calls.stream().filter(call -> call.operation() == operation).count();
  }

  /** {@return the calls that were meant to change something} */
  public synchronized List<LoggedCall> writes() {
    return calls.stream().filter(LoggedCall::isWrite).toList();
  }

  /** {@return the cloud's names of the calls, such as {@code CreateVpcEndpoint}} */
  public synchronized List<String> actions() {
    return calls.stream().map(LoggedCall::action).toList();
  }

  /** Forgets all calls. */
  public synchronized void clear() {
    calls.clear();
  }

  /** {@return one line per call} */
  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder();
    for (LoggedCall call : calls) {
      text.append(call.at()).append(' ').append(call.action()).append(' ').append(call.subject());
      call.failure().ifPresent(failure -> text.append(" -> ").append(failure.code()));
      text.append('\n');
    }
    return text.toString();
  }

  synchronized void add(LoggedCall call) {
    calls.add(call);
  }
}
