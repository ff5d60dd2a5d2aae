package io.privatelink4j;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A cloud that is asked with credentials of their own for each network, all of one account. */
record CredentialsPerNetwork(PrivateLinkProvider provider) implements PrivateLinkProvider {
  @Override
  public CloudProvider cloud() {
    return provider.cloud();
  }

  @Override
  public PrivateLinkDriver open(DriverContext context) {
    PrivateLinkDriver driver = provider.open(context);
    return (PrivateLinkDriver)
        Proxy.newProxyInstance(
            PrivateLinkDriver.class.getClassLoader(),
            new Class<?>[] {PrivateLinkDriver.class},
            (proxy, method, args) -> {
              if (method.getName().equals("scope")) {
                ClusterNetwork network = (ClusterNetwork) args[0];
                return network.vpcId() + "/" + network.region();
              }
              try {
                return method.invoke(driver, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
