package io.privatelink4j.testing;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A clock that stands still until somebody moves it: a test with {@link #advance}, the library with
 * {@link #sleep} and {@link #await}. Scheduled tasks run when their moment comes, in the order of
 * their due times, on the thread that moves the clock, so a wait of half an hour takes no time and
 * ends the same way every time.
 *
 * <p>The wall clock starts at 2026-01-01T00:00:00Z; the monotonic clock starts somewhere else, so
 * that code which mixes the two fails.
 *
 * <p><b>Several threads.</b> The clock cannot see work that a task hands to another thread. So
 * {@link #await} gives other threads some real time before it moves the clock: until every thread
 * that has used the clock rests and none has used it for a while (some milliseconds if the next
 * task is scheduled already, a fifth of a second after a task that scheduled nothing, half a second
 * if nothing at all is scheduled). {@link #advance} and {@link #sleep} wait for nobody. Where exact
 * times matter, let one thread do everything: give the client an executor that runs in the calling
 * thread ({@code Runnable::run}) and take {@link #singleThreaded}, which never waits in real time.
 *
 * <p>Thread-safe. No lock is held while a task runs.
 */
public final class ManualTime implements Time {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long NANO_START = 7_000_000_000_000L;

  /** Somebody has scheduled what comes next: only loose ends are left. */
  private static final int SETTLED_MILLIS = 2;

  /** Nothing is known of other threads: perhaps there are none. */
  private static final int ALONE_MILLIS = 5;

  /** The caller may have handed something over before it began to wait. */
  private static final int BEGIN_MILLIS = 20;

  /** A task ended and nothing followed: it has probably handed its work to another thread. */
  private static final int HANDED_OVER_MILLIS = 200;

  /** Only another thread can go on. */
  private static final int NOTHING_SCHEDULED_MILLIS = 500;

  /** A thread that never rests does not hold the clock for ever. */
  private static final int MOST_MILLIS = 5_000;

  private final Object lock = new Object();
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparingLong((Task task) -> task.due).thenComparingLong(task -> task.number));
  private final List<Duration> sleeps = new ArrayList<>();
  private final Set<Thread> users = Collections.newSetFromMap(new WeakHashMap<>());
  private long elapsed;
  private long scheduled;
  private long touches;

  private final boolean patient;

  /** Makes a clock that stands at 2026-01-01T00:00:00Z. */
  public ManualTime() {
    this(true);
  }

  private ManualTime(boolean patient) {
    this.patient = patient;
  }

  /**
   * {@return a clock for tests in which one thread does everything} {@link #await} waits for no
   * other thread, so nothing takes real time.
   */
  public static ManualTime singleThreaded() {
    return new ManualTime(false);
  }

  @Override
  public boolean isVirtual() {
    return true;
  }

  @Override
  public Instant now() {
    synchronized (lock) {
      touch();
      return START.plusNanos(elapsed);
    }
  }

  @Override
  public long nanoTime() {
    synchronized (lock) {
      touch();
      return NANO_START + elapsed;
    }
  }

  /**
   * Moves the clock on. Tasks that fall due meanwhile run on the calling thread, in the order of
   * their due times, each at its own moment.
   *
   * @param duration how far
   * @throws IllegalArgumentException if the duration is negative
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("time does not run backwards: " + duration);
    }
    long target;
    synchronized (lock) {
      touch();
      target = elapsed + duration.toNanos();
    }
    while (runNext(target)) {
      // One task after the other.
    }
    synchronized (lock) {
      elapsed = Math.max(elapsed, target);
    }
  }

  /**
   * Moves the clock on by the duration, as {@link #advance} does, and remembers it for {@link
   * #sleeps}.
   */
  @Override
  public void sleep(Duration duration) throws InterruptedException {
    failIfInterrupted();
    if (duration.isNegative() || duration.isZero()) {
      return;
    }
    synchronized (lock) {
      sleeps.add(duration);
    }
    advance(duration);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    requireNonNull(task, "task");
    long nanos = delay.isNegative() ? 0 : delay.toNanos();
    Task entry;
    synchronized (lock) {
      touch();
      entry = new Task(elapsed + nanos, scheduled++, task);
      tasks.add(entry);
    }
    return () -> {
      synchronized (lock) {
        tasks.remove(entry);
      }
    };
  }

  /**
   * Moves the clock from one scheduled task to the next until the future is complete, or to the
   * deadline. See the class for what happens while other threads work.
   */
  @Override
  public void await(CompletableFuture<?> future, Duration timeout)
      throws InterruptedException, TimeoutException {
    long deadline;
    long known;
    synchronized (lock) {
      touch();
      deadline = elapsed + Math.max(0, timeout.toNanos());
      known = scheduled;
    }
    boolean ran = false;
    while (!future.isDone()) {
      failIfInterrupted();
      long before = scheduledSoFar();
      if (runNext(Long.MIN_VALUE)) {
        known = before;
        ran = true;
      } else if (!othersAct(future, known, ran)) {
        known = scheduledSoFar();
        ran = true;
        if (!runNext(deadline)) {
          giveUp(future, deadline, timeout);
        }
      }
    }
  }

  /** {@return what library threads have slept through so far, in order} */
  public List<Duration> sleeps() {
    synchronized (lock) {
      return List.copyOf(sleeps);
    }
  }

  /** {@return how many scheduled tasks have neither begun nor been cancelled} */
  public int pending() {
    synchronized (lock) {
      return tasks.size();
    }
  }

  /** Runs the next task if it is due now or by the given moment; moves the clock to its moment. */
  private boolean runNext(long until) {
    Task next;
    synchronized (lock) {
      next = tasks.peek();
      if (next == null || next.due > Math.max(elapsed, until)) {
        return false;
      }
      tasks.remove();
      elapsed = Math.max(elapsed, next.due);
    }
    next.action.run();
    return true;
  }

  /** {@return whether to look again: the future was completed, or a task fell due} */
  private boolean othersAct(CompletableFuture<?> future, long known, boolean ran)
      throws InterruptedException {
    long seen = touchesSoFar();
    int silent = 0;
    for (int waited = 0; waited < MOST_MILLIS && silent < patience(known, ran); waited++) {
      if (completesWithinAMillisecond(future)) {
        return true;
      }
      synchronized (lock) {
        Task next = tasks.peek();
        if (next != null && next.due <= elapsed) {
          return true;
        }
        silent = touches == seen && othersRest() ? silent + 1 : 0;
        seen = touches;
      }
    }
    return false;
  }

  /** For how many milliseconds others must have rested before the clock may move on. */
  private int patience(long known, boolean ran) {
    synchronized (lock) {
      if (!patient) {
        return 0;
      }
      if (tasks.isEmpty()) {
        return NOTHING_SCHEDULED_MILLIS;
      }
      boolean shared = users.size() > 1;
      if (scheduled > known) {
        return shared ? SETTLED_MILLIS : 0;
      }
      if (ran) {
        return HANDED_OVER_MILLIS;
      }
      return shared ? BEGIN_MILLIS : ALONE_MILLIS;
    }
  }

  private boolean othersRest() {
    for (Thread user : users) {
      Thread.State state = user.getState();
      boolean works = state == Thread.State.RUNNABLE || state == Thread.State.BLOCKED;
      if (works && user != Thread.currentThread()) {
        return false;
      }
    }
    return true;
  }

  private static boolean completesWithinAMillisecond(CompletableFuture<?> future)
      throws InterruptedException {
    try {
      future.get(1, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | CancellationException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    }
    return true;
  }

  private void giveUp(CompletableFuture<?> future, long deadline, Duration timeout)
      throws TimeoutException {
    synchronized (lock) {
      elapsed = Math.max(elapsed, deadline);
    }
    if (!future.isDone()) {
      throw new TimeoutException("not complete after " + timeout);
    }
  }

  private static void failIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while waiting");
    }
  }

  private long scheduledSoFar() {
    synchronized (lock) {
      return scheduled;
    }
  }

  private long touchesSoFar() {
    synchronized (lock) {
      return touches;
    }
  }

  private void touch() {
    touches++;
    users.add(Thread.currentThread());
  }

  /** A task that has not begun yet. */
  private static final class Task {
    private final long due;
    private final long number;
    private final Runnable action;

    Task(long due, long number, Runnable action) {
      this.due = due;
      this.number = number;
      this.action = action;
    }
  }
}
