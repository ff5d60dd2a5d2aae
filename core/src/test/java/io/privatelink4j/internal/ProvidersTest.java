package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.ProviderNotFoundException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
  private static final ClassLoader NOTHING = services(null);

  @TempDir Path folder;

  /** A class loader that knows these tests' classes and finds the given list of providers. */
  private static ClassLoader services(Path list) {
    return new ClassLoader(ProvidersTest.class.getClassLoader()) {
      @Override
      public Enumeration<URL> getResources(String name) throws IOException {
        if (name.endsWith(PrivateLinkProvider.class.getName())) {
          return list == null
              ? Collections.emptyEnumeration()
              : Collections.enumeration(List.of(list.toUri().toURL()));
        }
        return super.getResources(name);
      }
    };
  }

  private ClassLoader listing(String... lines) throws IOException {
    return services(Files.write(folder.resolve("list"), List.of(lines)));
  }

  /** A provider of AWS. */
  public static class Aws implements PrivateLinkProvider {
    /** Made by the service loader. */
    public Aws() {}

    @Override
    public CloudProvider cloud() {
      return CloudProvider.AWS;
    }

    @Override
    public PrivateLinkDriver open(DriverContext context) {
      throw new AssertionError("choosing a provider opens none");
    }
  }

  /** Another provider of AWS. */
  public static final class OtherAws extends Aws {
    /** Made by the service loader. */
    public OtherAws() {}
  }

  /** A provider of Alibaba Cloud. */
  public static final class Alicloud extends Aws {
    /** Made by the service loader. */
    public Alicloud() {}

    @Override
    public CloudProvider cloud() {
      return CloudProvider.ALICLOUD;
    }
  }

  /** A provider that cannot be made. */
  public static final class Broken extends Aws {
    /** Fails. */
    public Broken() {
      throw new IllegalStateException("no configuration");
    }
  }

  @Test
  void choose_ofGivenProviders_takesThem() {
    Aws aws = new Aws();
    Alicloud alicloud = new Alicloud();

    assertThat(Providers.choose(List.of(alicloud, aws), NOTHING))
        .containsExactlyInAnyOrder(aws, alicloud);
  }

  @Test
  void choose_ofGivenProviders_doesNotSearch() throws IOException {
    Alicloud given = new Alicloud();

    assertThat(Providers.choose(List.of(given), listing(Aws.class.getName())))
        .containsExactly(given);
  }

  @Test
  void choose_ofNothingAnywhere_saysWhatToAdd() {
    assertThatExceptionOfType(ProviderNotFoundException.class)
        .isThrownBy(() -> Providers.choose(List.of(), NOTHING))
        .withMessage(
            "no provider on the class path: add privatelink4j-aws or privatelink4j-alicloud, or give the"
                + " builder a provider (InMemoryCloud in tests)")
        .satisfies(e -> assertThat(e.details()).isEqualTo(ErrorDetails.NONE));
  }

  @Test
  void choose_ofTwoForOneCloud_namesBoth() {
    assertThatExceptionOfType(ProviderNotFoundException.class)
        .isThrownBy(() -> Providers.choose(List.of(new Aws(), new OtherAws()), NOTHING))
        .withMessage(
            "two providers for AWS: %s and %s. Remove one, or give the builder the one to use",
            Aws.class.getName(), OtherAws.class.getName());
  }

  @Test
  void choose_fromTheClassPath_findsAll() throws IOException {
    ClassLoader loader = listing(Aws.class.getName(), Alicloud.class.getName());

    assertThat(Providers.choose(List.of(), loader))
        .extracting(p -> (Object) p.getClass())
        .containsExactlyInAnyOrder(Aws.class, Alicloud.class);
  }

  @Test
  void choose_fromTheClassPathWithTwoForOneCloud_isRefused() throws IOException {
    ClassLoader loader = listing(Aws.class.getName(), OtherAws.class.getName());

    assertThatExceptionOfType(ProviderNotFoundException.class)
        .isThrownBy(() -> Providers.choose(List.of(), loader))
        .withMessageStartingWith("two providers for AWS");
  }

  @Test
  void choose_withABrokenProvider_findsTheOthers() throws IOException {
    ClassLoader loader =
        listing("no.such.Provider", Broken.class.getName(), Alicloud.class.getName());

    assertThat(Providers.choose(List.of(), loader))
        .extracting(p -> (Object) p.getClass())
        .containsExactly(Alicloud.class);
  }

  @Test
  void choose_withBrokenProvidersOnly_findsNone() throws IOException {
    ClassLoader loader = listing(Broken.class.getName());

    assertThatExceptionOfType(ProviderNotFoundException.class)
        .isThrownBy(() -> Providers.choose(List.of(), loader))
        .withMessageStartingWith("no provider on the class path");
  }

  @Test
  void choose_withAListThatIsNone_endsAndFindsNone() throws IOException {
    ClassLoader loader = listing("this is no class name");

    assertThatExceptionOfType(ProviderNotFoundException.class)
        .isThrownBy(() -> Providers.choose(List.of(), loader))
        .withMessageStartingWith("no provider on the class path");
  }

  @Test
  void choose_doesNotFindTheInMemoryCloud() {
    assertThatExceptionOfType(ProviderNotFoundException.class)
        .isThrownBy(() -> Providers.choose(List.of(), Providers.class.getClassLoader()));
  }
}
