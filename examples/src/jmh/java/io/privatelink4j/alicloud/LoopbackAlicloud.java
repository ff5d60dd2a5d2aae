package io.privatelink4j.alicloud;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.IAcsClient;
import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.bench.FakeProcess;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.Pacing;
import io.privatelink4j.spi.SystemTime;
import java.net.URI;
import java.util.List;

/** The fake as a process of its own, and both ways to it, with the same credentials. */
public final class LoopbackAlicloud implements AutoCloseable {
  private static final BasicCredentials CREDENTIALS =
      new BasicCredentials(FakeAlicloud.KEY_ID, FakeAlicloud.SECRET);

  /** The fake has no budgets, and a benchmark would use them up. */
  private static final List<CallFamily> UNBOUNDED =
      List.of(
          new CallFamily("privatelink-read", 1_000_000, 1e6, false),
          new CallFamily("privatelink-write", 1_000_000, 1e6, false));

  private final FakeProcess fake = new FakeProcess(FakeAlicloudServer.class);
  private final SystemTime time = new SystemTime();

  /** {@return the service, whose owner accepts at once} */
  public ConnectionType service() {
    return AlicloudEndpointService.of(fake.place("service"));
  }

  /** {@return a client of the library} */
  public PrivateLinkClient client() {
    ClusterNetwork network =
        ClusterNetwork.builder()
            .cloud(CloudProvider.ALICLOUD)
            .region(fake.place("region"))
            .vpcId(fake.place("vpc"))
            .addSubnetIds(fake.place("subnets").split(",", -1))
            .addSecurityGroupIds(fake.place("security-groups").split(",", -1))
            .build();
    return PrivateLinkClient.builder()
        .provider(
            new AlicloudPrivateLinkProvider(
                AlicloudOptions.builder()
                    .credentials(() -> CREDENTIALS)
                    .endpoint(URI.create(fake.place("endpoint-url")))
                    .build()))
        .time(time)
        .pacing(new Pacing(time, UNBOUNDED))
        .clusters(id -> List.of(network))
        .build();
  }

  /** {@return the SDK's client as one writes it} */
  public IAcsClient bare() {
    return new DefaultAcsClient(
        DefaultProfile.getProfile(FakeAlicloud.REGION), new StaticCredentialsProvider(CREDENTIALS));
  }

  /** {@return the same request, on its way to the fake and not to the cloud} */
  public <T extends AcsRequest<?>> T addressed(T request) {
    request.setSysEndpoint(URI.create(fake.place("endpoint-url")).getAuthority());
    request.setSysProtocol(ProtocolType.HTTP);
    request.setSysMethod(MethodType.POST);
    request.setSysAcceptFormat(FormatType.JSON);
    return request;
  }

  @Override
  public void close() {
    fake.close();
    time.close();
  }
}
