package io.privatelink4j.internal;

import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.ProviderNotFoundException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.PrivateLinkProvider;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses providers: those that were given, else those on the class path. */
public final class Providers {
  private static final Logger log = LoggerFactory.getLogger(Providers.class);

  private Providers() {}

  /**
   * {@return one provider per cloud, at least one}
   *
   * @param given what the embedder gave; if empty, the class path is searched
   * @param loader where to search
   * @throws ProviderNotFoundException if there is none, or more than one for a cloud
   */
  public static List<PrivateLinkProvider> choose(
      List<PrivateLinkProvider> given, ClassLoader loader) {
    List<PrivateLinkProvider> found = given.isEmpty() ? load(loader) : given;
    if (found.isEmpty()) {
      throw new ProviderNotFoundException(
          "no provider on the class path: add privatelink4j-aws or privatelink4j-alicloud, or give the builder a"
              + " provider (InMemoryCloud in tests)",
          ErrorDetails.NONE);
    }
    Map<CloudProvider, PrivateLinkProvider> perCloud = new EnumMap<>(CloudProvider.class);
    for (PrivateLinkProvider provider : found) {
      PrivateLinkProvider other = perCloud.put(provider.cloud(), provider);
      if (other != null) {
        throw new ProviderNotFoundException(
            "two providers for "
                + provider.cloud().displayName()
                + ": "
                + other.getClass().getName()
                + " and "
                + provider.getClass().getName()
                + ". Remove one, or give the builder the one to use",
            ErrorDetails.NONE);
      }
    }
    return List.copyOf(perCloud.values());
  }

  /** A provider that cannot be loaded must not take the others with it. */
  private static List<PrivateLinkProvider> load(ClassLoader loader) {
    List<PrivateLinkProvider> found = new ArrayList<>();
    Iterator<PrivateLinkProvider> providers =
        ServiceLoader.load(PrivateLinkProvider.class, loader).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return found;
        }
        found.add(providers.next());
      } catch (ServiceConfigurationError e) {
        log.warn("a provider could not be loaded", e);
      }
    }
  }
}
