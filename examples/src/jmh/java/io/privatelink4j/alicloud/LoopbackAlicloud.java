package io.privatelink4j.alicloud;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.IAcsClient;
import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import io.privatelink4j.bench.Loopback;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.PrivateLinkProvider;
import java.net.URI;
import java.util.List;

/** Alibaba Cloud's fake, and both ways to it, with the same credentials. */
public final class LoopbackAlicloud extends Loopback {
  private static final BasicCredentials CREDENTIALS =
      new BasicCredentials(FakeAlicloud.KEY_ID, FakeAlicloud.SECRET);

  private final URI uri;

  public LoopbackAlicloud() {
    super(FakeAlicloudServer.class);
    uri = URI.create(place("endpoint-url"));
  }

  @Override
  public ConnectionType service() {
    return AlicloudEndpointService.of(place("service"));
  }

  @Override
  protected PrivateLinkProvider provider() {
    return new AlicloudPrivateLinkProvider(
        AlicloudOptions.builder().credentials(() -> CREDENTIALS).endpoint(uri).build());
  }

  @Override
  protected List<String> budgets() {
    return List.of("privatelink-read", "privatelink-write");
  }

  /** {@return the SDK's client as one writes it, on the HTTP client that it brings} */
  public IAcsClient bare() {
    return new DefaultAcsClient(
        DefaultProfile.getProfile(FakeAlicloud.REGION), new StaticCredentialsProvider(CREDENTIALS));
  }

  /** {@return the request, which goes to the fake now, over plain HTTP} */
  public <T extends AcsRequest<?>> T toFake(T request) {
    request.setSysEndpoint(uri.getAuthority());
    request.setSysProtocol(ProtocolType.HTTP);
    return request;
  }
}
