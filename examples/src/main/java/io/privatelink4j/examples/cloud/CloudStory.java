package io.privatelink4j.examples.cloud;

import io.privatelink4j.PrivateLinkClient;

/** What an example does on a cloud. */
@FunctionalInterface
public interface CloudStory {

  /**
   * Plays the story. It may end early, with an exception: what it made is taken down in any case.
   *
   * @param where the arguments
   * @param builder builds the client
   * @param runId who creates: the {@code createdBy} of each connection, by which what is left is
   *     found; new for each run, so it can be a request id too
   * @return what was done, in a few words
   */
  String play(CloudArguments where, PrivateLinkClient.Builder builder, String runId);
}
