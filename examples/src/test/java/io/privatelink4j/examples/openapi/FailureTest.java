package io.privatelink4j.examples.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.examples.docs.Documents;
import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {

  @Test
  void everyExceptionOfTheLibrary_hasOneRow() throws IOException {
    Path folder = Documents.ROOT.resolve("core/src/main/java/io/privatelink4j/exception");
    List<String> exceptions;
    try (Stream<Path> files = Files.list(folder)) {
      exceptions =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .filter(name -> name.endsWith("Exception") && !name.equals("PrivateLinkException"))
              .toList();
    }

    assertThat(Arrays.stream(Failure.values()).flatMap(each -> each.exception().stream()))
        .extracting(Class::getSimpleName)
        .containsExactlyInAnyOrderElementsOf(exceptions);
  }

  @Test
  void anException_hasItsRow_andAStrangerIsADefect() {
    assertThat(Failure.of(new ConflictException("", ErrorDetails.NONE)))
        .isEqualTo(Failure.CONFLICT);
    assertThat(Failure.of(new IllegalStateException())).isEqualTo(Failure.INTERNAL);
  }

  @Test
  void exitCodes_areDistinct_andNotSuccess() {
    assertThat(Failure.values())
        .extracting(Failure::exitCode)
        .doesNotHaveDuplicates()
        .doesNotContain(0);
  }

  @ParameterizedTest
  @EnumSource
  void theServersDocument_hasTheRow(Failure failure) throws IOException {
    assertThat(Documents.read("docs/server.md"))
        .contains(
            "| `%s` | %d | %d | %s |\n"
                .formatted(failure, failure.httpStatus(), failure.grpcCode(), failure.meaning()));
  }
}
