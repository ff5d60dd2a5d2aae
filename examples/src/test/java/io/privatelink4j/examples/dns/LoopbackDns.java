package io.privatelink4j.examples.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** A DNS server on the loopback, which remembers what it was asked. */
public final class LoopbackDns implements AutoCloseable {
  private static final int LONGEST_MESSAGE = 65_535;

  private final Function<String, Optional<Answer>> answers;
  private final DatagramSocket socket;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * An answer.
   *
   * @param rcode its status
   * @param records what it says
   */
  public record Answer(int rcode, List<Record> records) {}

  /**
   * Starts a server.
   *
   * @param answers from a name without its last dot to the answer; empty for silence
   */
  public LoopbackDns(Function<String, Optional<Answer>> answers) {
    this.answers = answers;
    try {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
    new Thread(this::serve, "loopback-dns").start();
  }

  /** {@return where it listens} */
  public InetSocketAddress address() {
    return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  private void serve() {
    byte[] buffer = new byte[LONGEST_MESSAGE];
    try {
      while (!socket.isClosed()) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] query = new byte[packet.getLength()];
        System.arraycopy(buffer, 0, query, 0, query.length);
        answer(new Message(query), packet);
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void answer(Message query, DatagramPacket from) throws IOException {
    String name = query.getQuestion().getName().toString(true);
    asked.add(name);
    Optional<Answer> known = answers.apply(name);
    if (known.isEmpty()) {
      return;
    }
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setRcode(known.get().rcode());
    answer.addRecord(query.getQuestion(), Section.QUESTION);
    known.get().records().forEach(record -> answer.addRecord(record, Section.ANSWER));
    byte[] wire = answer.toWire();
    socket.send(new DatagramPacket(wire, wire.length, from.getSocketAddress()));
  }

  @Override
  public void close() {
    socket.close();
  }
}
