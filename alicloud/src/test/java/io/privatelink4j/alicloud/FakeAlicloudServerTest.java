package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.CommonRequest;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The fake as a process of its own. */
class FakeAlicloudServerTest {

  private static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FakeAlicloudServer.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static JsonObject call(URI server, String action, Map<String, String> parameters)
      throws Exception {
    CommonRequest request = new CommonRequest();
    request.setSysVersion("2020-04-15");
    request.setSysProduct("Privatelink");
    request.setSysAction(action);
    request.setSysDomain(server.getAuthority());
    request.setSysProtocol(ProtocolType.HTTP);
    request.setSysMethod(MethodType.POST);
    request.setSysRegionId("ap-southeast-1");
    parameters.forEach(request::putQueryParameter);
    return JsonParser.parseString(
            BareAlicloud.client(FakeAlicloud.KEY_ID, FakeAlicloud.SECRET)
                .getCommonResponse(request)
                .getData())
        .getAsJsonObject();
  }

  private static String statusOf(String id, URI server) throws Exception {
    return call(server, "GetVpcEndpointAttribute", Map.of("EndpointId", id))
        .get("ConnectionStatus")
        .getAsString();
  }

  @Test
  void owner_acceptsAfterAWhile() throws Exception {
    Process process = start("--accept-after", "PT100S", "--speed", "50");
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      Map<String, String> told = new TreeMap<>();
      for (String pair : lines.readLine().split(" ", -1)) {
        told.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
      }
      URI server = URI.create(told.get("endpoint-url"));
      Map<String, String> spec =
          Map.of(
              "VpcId", told.get("vpc"),
              "ServiceName", told.get("service"),
              "SecurityGroupId.1", told.get("security-groups"),
              "Zone.1.VSwitchId", told.get("subnets").split(",", -1)[0]);

      long before = System.nanoTime();
      String id = call(server, "CreateVpcEndpoint", spec).get("EndpointId").getAsString();
      while (!statusOf(id, server).equals("Connected")) {
        // The owner is asleep.
      }

      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThan(Duration.ofSeconds(100).dividedBy(50));
      process.outputWriter(StandardCharsets.UTF_8).close();
      assertThat(lines.readLine()).isEqualTo("left: endpoints=1 zones=0");
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void argument_thatThereIsNot_isRefused() throws Exception {
    Process process = start("--colour", "red");
    try {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(2);
    } finally {
      process.destroyForcibly();
    }
  }
}
