package io.privatelink4j.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.trafficlistener.WiremockNetworkTrafficListener;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.testing.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Somebody else's server in the place of AWS, and a network behind it. */
final class WireAws implements AutoCloseable {
  static final String REQUEST_ID = "0a1b2c3d-wire";
  static final String KEY_ID = "AKIAWIREWIREWIREWIRE";

  final ClusterNetwork network =
      ClusterNetwork.builder()
          .cloud(CloudProvider.AWS)
          .region("us-west-2")
          .vpcId("vpc-0c1d2e3f4a5b6c7d8")
          .addSubnetIds("subnet-0a1b2c3d4e5f60718", "subnet-0b1b2c3d4e5f60719")
          .addSecurityGroupIds("sg-0a9b8c7d6e5f40312")
          .build();

  private final Connections connections = new Connections();

  final WireMockServer server =
      new WireMockServer(
          new WireMockConfiguration()
              .bindAddress("127.0.0.1")
              .dynamicPort()
              .gzipDisabled(true)
              // With a length the JDK knows where an answer ends, and always keeps the connection.
              .useChunkedTransferEncoding(Options.ChunkedEncodingPolicy.NEVER)
              .networkTrafficListener(connections));

  WireAws() {
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  AwsOptions.Builder options() {
    return AwsOptions.builder()
        .credentials(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, "wire secret")))
        .ec2Endpoint(uri())
        .route53Endpoint(uri());
  }

  static PrivateLinkDriver open(AwsOptions.Builder options) {
    return new AwsPrivateLinkProvider(options.build()).open(new DriverContext(new ManualTime()));
  }

  List<LoggedRequest> requests() {
    return server.findAll(anyRequestedFor(anyUrl()));
  }

  /** {@return how many connections were made} */
  int connections() {
    return connections.opened.get();
  }

  /** A success with the headers that AWS sends. */
  static ResponseDefinitionBuilder success() {
    return aResponse()
        .withStatus(200)
        .withHeader("x-amzn-RequestId", REQUEST_ID)
        .withHeader("Content-Type", "text/xml;charset=UTF-8");
  }

  /** One of the answers that are written down in the resources. */
  static String documented(String name) {
    try (InputStream in = WireAws.class.getResourceAsStream("/documented/" + name + ".xml")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }

  private static final class Connections implements WiremockNetworkTrafficListener {
    private final AtomicInteger opened = new AtomicInteger();

    @Override
    public void opened(Socket socket) {
      opened.incrementAndGet();
    }

    @Override
    public void incoming(Socket socket, ByteBuffer bytes) {}

    @Override
    public void outgoing(Socket socket, ByteBuffer bytes) {}

    @Override
    public void closed(Socket socket) {}
  }
}
