package io.privatelink4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.examples.openapi.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ServeCommandTest {

  @Test
  void serve_tellsWhereItIs_andAnswersUntilItIsStopped() throws Exception {
    try (PipedInputStream in = new PipedInputStream();
        PrintStream out =
            new PrintStream(new PipedOutputStream(in), true, StandardCharsets.UTF_8)) {
      Screen screen = new Screen(InputStream.nullInputStream(), out, out, false, false);
      FutureTask<Integer> serving =
          new FutureTask<>(() -> Plc.on(screen).run("serve", "--cloud", "memory", "--port", "0"));
      Thread thread = new Thread(serving);
      thread.start();
      Map<String, String> told = read(in);

      HttpResponse<String> answer = zones(told.get("serving"), told.get("token"));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"accountId\":\"111122223333\"");
      assertThat(zones(told.get("serving"), "wrong").statusCode()).isEqualTo(401);
      thread.interrupt();
      assertThat(serving.get()).isEqualTo(Failure.INTERRUPTED.exitCode());
    }
  }

  /** Reads lines of a word and what it says, up to where it listens. */
  private static Map<String, String> read(InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    Map<String, String> told = new HashMap<>();
    while (!told.containsKey("serving")) {
      String[] words = lines.readLine().split(" ", 2);
      told.put(words[0], words[1]);
    }
    return told;
  }

  private static HttpResponse<String> zones(String uri, String token) throws Exception {
    URI zones =
        URI.create(uri + "/v1beta1/clusters/10581234/privateLinkConnections:getAvailabilityZones");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(zones).header("Authorization", "Bearer " + token).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void serve_whereItCannotListen_saysSo() {
    Shell.Shown shown = new Shell("--cloud", "memory").run("serve", "--port", "70000");

    assertThat(shown.exit()).isEqualTo(Failure.INVALID_REQUEST.exitCode());
    assertThat(shown.err()).contains("cannot listen on 127.0.0.1, port 70000");
  }
}
