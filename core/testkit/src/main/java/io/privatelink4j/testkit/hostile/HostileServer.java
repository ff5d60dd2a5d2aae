package io.privatelink4j.testkit.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on a loopback port that says byte by byte what it is told to say. */
final class HostileServer implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length:\\s*(\\d+)\\s*$");

  private final ServerSocket server;
  private final Function<byte[], HostileAnswer> answers;

  HostileServer(Function<byte[], HostileAnswer> answers) {
    this.answers = answers;
    try {
      server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    onThread(this::accept);
  }

  private static void onThread(Runnable task) {
    Thread thread = new Thread(task, "hostile server");
    thread.setDaemon(true);
    thread.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        onThread(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      boolean more = true;
      while (more) {
        byte[] request = message(in);
        if (request.length == 0) {
          return;
        }
        HostileAnswer answer = answers.apply(request);
        out.write(answer.wire());
        out.flush();
        more = answer.keepsConnection();
      }
    } catch (IOException | UncheckedIOException e) {
      // The other side has heard enough, or the cloud takes no request of this length.
    }
  }

  /** {@return a request or an answer with its body; nothing at the end} */
  private static byte[] message(InputStream in) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    int last = 0;
    while (last != ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n')) {
      int next = in.read();
      if (next < 0) {
        return new byte[0];
      }
      message.write(next);
      last = last << 8 | next;
    }
    Matcher length = LENGTH.matcher(message.toString(StandardCharsets.ISO_8859_1));
    message.writeBytes(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
    return message.toByteArray();
  }

  /** {@return what another server answers to a request, which it gets as it came} */
  static byte[] relayed(byte[] request, URI server) {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.getOutputStream().write(request);
      return message(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
