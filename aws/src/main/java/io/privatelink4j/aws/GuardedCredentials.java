package io.privatelink4j.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Marks the failures of a credentials provider, which look like any other failure of the SDK. */
final class GuardedCredentials implements AwsCredentialsProvider {
  private final AwsCredentialsProvider provider;

  GuardedCredentials(AwsCredentialsProvider provider) {
    this.provider = provider;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return provider.resolveCredentials();
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
