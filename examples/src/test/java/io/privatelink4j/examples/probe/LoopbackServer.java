package io.privatelink4j.examples.probe;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A server on 127.0.0.1 that does one thing to each connection. */
final class LoopbackServer implements Closeable {
  /** What to do with a connection; it stays open afterwards unless this closes it. */
  interface Behaviour {
    void meet(Socket client) throws IOException;
  }

  private final ServerSocket server;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();

  private LoopbackServer(ServerSocket server) {
    this.server = server;
  }

  static InetAddress address() {
    return InetAddress.getLoopbackAddress();
  }

  static LoopbackServer that(Behaviour behaviour) throws IOException {
    return serving(new ServerSocket(0, 50, address()), behaviour);
  }

  static LoopbackServer withTls(SSLContext context) throws IOException {
    return serving(
        context.getServerSocketFactory().createServerSocket(0, 50, address()),
        client -> client.getInputStream().read());
  }

  private static LoopbackServer serving(ServerSocket server, Behaviour behaviour) {
    LoopbackServer loopback = new LoopbackServer(server);
    Thread thread = new Thread(() -> loopback.serve(behaviour), "loopback-server");
    thread.setDaemon(true);
    thread.start();
    return loopback;
  }

  /** A server that takes no connection any more: its queue is full. */
  static LoopbackServer thatIsFull() throws IOException {
    LoopbackServer loopback = new LoopbackServer(new ServerSocket(0, 1, address()));
    List<Socket> waiting = new ArrayList<>();
    try {
      for (int i = 0; i < 64; i++) {
        Socket socket = new Socket();
        waiting.add(socket);
        socket.connect(new InetSocketAddress(address(), loopback.port()), 100);
      }
    } catch (SocketTimeoutException e) {
      loopback.clients.addAll(waiting);
      return loopback;
    }
    throw new IllegalStateException("the queue does not get full");
  }

  /** A port on which nothing listens. */
  static int freePort() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, address())) {
      return server.getLocalPort();
    }
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve(Behaviour behaviour) {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        clients.add(client);
        behaviour.meet(client);
      } catch (IOException e) {
        // The client hung up, or the test has ended: the client is who judges.
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket client : clients) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
