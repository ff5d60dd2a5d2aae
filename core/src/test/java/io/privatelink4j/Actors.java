package io.privatelink4j;

import io.privatelink4j.spi.Time;
import io.privatelink4j.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Several processes that work at once, one step after the other: at each remote call it is drawn
 * who goes on, and their sleeps overlap as in real time. One seed is one story, whatever the
 * machine does.
 */
final class Actors implements Time {
  private static final int REAL_SECONDS = 50;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final ManualTime time;
  private final Random random;
  private final List<Actor> actors = new ArrayList<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /** Scheduled tasks run while the clock moves, on the thread that moves it. */
  private boolean moving;

  Actors(ManualTime time, long seed) {
    this.time = time;
    random = new Random(seed);
  }

  /** One process; it goes on when it has the turn. */
  private static final class Actor {
    final Semaphore turn = new Semaphore(0);
    final Thread thread;
    long wakesAt;
    boolean done;

    Actor(Runnable work, long wakesAt) {
      thread = new Thread(work);
      thread.setDaemon(true);
      this.wakesAt = wakesAt;
    }
  }

  /** Lets all of them work, and returns when all have stopped. */
  void run(List<Runnable> works) throws Exception {
    works.forEach(work -> actors.add(new Actor(() -> act(work), time.nanoTime())));
    actors.forEach(actor -> actor.thread.start());
    next().orElseThrow().turn.release();
    end.get(REAL_SECONDS, TimeUnit.SECONDS);
  }

  /** Sleeps, in a story that nobody interrupts. */
  void rest(Duration duration) {
    try {
      sleep(duration);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<Actor> self() {
    return actors.stream().filter(actor -> actor.thread == Thread.currentThread()).findFirst();
  }

  private void act(Runnable work) {
    Actor actor = self().orElseThrow();
    actor.turn.acquireUninterruptibly();
    try {
      work.run();
    } catch (Throwable e) {
      end.completeExceptionally(e);
    }
    actor.done = true;
    next().ifPresentOrElse(other -> other.turn.release(), () -> end.complete(null));
  }

  /** Before a remote call: perhaps somebody else comes first. */
  void step() {
    if (!moving) {
      self().ifPresent(this::handOver);
    }
  }

  private void handOver(Actor actor) {
    Actor other = next().orElseThrow();
    if (other != actor) {
      other.turn.release();
      actor.turn.acquireUninterruptibly();
    }
  }

  /** {@return who has the next turn; if all sleep, the clock moves to when the first one wakes} */
  private Optional<Actor> next() {
    List<Actor> working = actors.stream().filter(actor -> !actor.done).toList();
    if (working.isEmpty()) {
      return Optional.empty();
    }
    long first = working.stream().mapToLong(actor -> actor.wakesAt).min().orElseThrow();
    if (first > time.nanoTime()) {
      moving = true;
      time.advance(Duration.ofNanos(first - time.nanoTime()));
      moving = false;
    }
    List<Actor> awake = working.stream().filter(actor -> actor.wakesAt <= time.nanoTime()).toList();
    return Optional.of(awake.get(random.nextInt(awake.size())));
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Optional<Actor> actor = self();
    if (actor.isEmpty() || moving) {
      time.sleep(duration);
    } else {
      actor.get().wakesAt = time.nanoTime() + Math.max(0, duration.toNanos());
      handOver(actor.get());
    }
  }

  @Override
  public void await(CompletableFuture<?> future, Duration timeout)
      throws InterruptedException, TimeoutException {
    long deadline = time.nanoTime() + timeout.toNanos();
    while (!future.isDone()) {
      if (time.nanoTime() >= deadline) {
        throw new TimeoutException();
      }
      sleep(LOOK_AGAIN);
    }
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public long nanoTime() {
    return time.nanoTime();
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return time.schedule(delay, task);
  }

  @Override
  public boolean isVirtual() {
    return true;
  }
}
