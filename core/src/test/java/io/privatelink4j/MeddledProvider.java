package io.privatelink4j;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A cloud whose drivers' calls pass a test's hands. */
record MeddledProvider(CloudProvider cloud, PrivateLinkProvider provider, Meddler meddler)
    implements PrivateLinkProvider {

  MeddledProvider(PrivateLinkProvider provider, Meddler meddler) {
    this(provider.cloud(), provider, meddler);
  }

  /** A call as the driver would make it. */
  interface Call {
    Object make() throws Throwable;
  }

  /** What becomes of a call. */
  interface Meddler {
    Object answer(String method, Call call) throws Throwable;
  }

  @Override
  public PrivateLinkDriver open(DriverContext context) {
    PrivateLinkDriver driver = provider.open(context);
    return (PrivateLinkDriver)
        Proxy.newProxyInstance(
            PrivateLinkDriver.class.getClassLoader(),
            new Class<?>[] {PrivateLinkDriver.class},
            (proxy, method, arguments) ->
                meddler.answer(
                    method.getName(),
                    () -> {
                      try {
                        return method.invoke(driver, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    }));
  }
}
