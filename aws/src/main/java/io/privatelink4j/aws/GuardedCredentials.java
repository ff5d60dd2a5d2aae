package io.privatelink4j.aws;

import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Marks the failures of a credentials provider, and of whatever finds it: they look like any other
 * failure of the SDK, and may tell secrets.
 */
final class GuardedCredentials implements AwsCredentialsProvider {
  private final Supplier<? extends AwsCredentialsProvider> provider;

  GuardedCredentials(Supplier<? extends AwsCredentialsProvider> provider) {
    this.provider = provider;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return provider.get().resolveCredentials();
    } catch (AwsClients.Closed e) {
      throw e;
    } catch (RuntimeException e) {
      throw new Failed(e);
    }
  }

  /** The provider gave no credentials. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed(RuntimeException cause) {
      super("the credentials provider failed", cause);
    }
  }
}
