package io.privatelink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.privatelink4j.testing.ManualTime;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import nl.jqno.equalsverifier.EqualsVerifier;
import nl.jqno.equalsverifier.Warning;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every public record of model, exception and spi, those of tomorrow included. */
class RecordsTest {
  static Stream<Class<?>> records() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                "io.privatelink4j.model", "io.privatelink4j.exception", "io.privatelink4j.spi")
            .stream()
            .filter(JavaClass::isRecord)
            .<Class<?>>map(JavaClass::reflect)
            .filter(type -> java.lang.reflect.Modifier.isPublic(type.getModifiers()))
            .sorted(java.util.Comparator.comparing(Class::getName));
  }

  private static Object sample(Class<?> type) throws ReflectiveOperationException {
    if (type == String.class) {
      return "x";
    } else if (type == int.class || type == Integer.class) {
      return 1;
    } else if (type == long.class) {
      return 1L;
    } else if (type == double.class) {
      return 1.0;
    } else if (type == boolean.class) {
      return true;
    } else if (type == Optional.class) {
      return Optional.empty();
    } else if (type == OptionalInt.class) {
      return OptionalInt.empty();
    } else if (type == List.class) {
      return new ArrayList<>();
    } else if (type == Set.class) {
      return new HashSet<>();
    } else if (type == Map.class || type == SortedMap.class) {
      return new TreeMap<>();
    } else if (type == Instant.class) {
      return Instant.EPOCH;
    } else if (type == Duration.class) {
      return Duration.ZERO;
    } else if (type == BooleanSupplier.class) {
      return (BooleanSupplier) () -> true;
    } else if (type == ConnectionType.class) {
      return AwsEndpointService.of("svc");
    } else if (type == io.privatelink4j.spi.Time.class) {
      return new ManualTime();
    } else if (type.isEnum()) {
      return type.getEnumConstants()[0];
    } else if (type == Object.class) {
      return "x";
    } else if (type.isRecord()) {
      return make(type, samples(type));
    }
    throw new AssertionError("teach this test to make a " + type);
  }

  private static Object[] samples(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = sample(components[i].getType());
    }
    return values;
  }

  private static Object make(Class<?> type, Object[] values) throws ReflectiveOperationException {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<?> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  @ParameterizedTest
  @MethodSource("records")
  void constructor_withANull_isRefused(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      if (components[i].getType().isPrimitive()) {
        continue;
      }
      Object[] values = samples(type);
      values[i] = null;
      Throwable thrown = catchThrowable(() -> make(type, values));

      assertThat(thrown)
          .as("%s with %s null", type.getSimpleName(), components[i].getName())
          .isInstanceOf(InvocationTargetException.class)
          .hasCauseInstanceOf(NullPointerException.class);
      if (!Collection.class.isAssignableFrom(components[i].getType())
          && !Map.class.isAssignableFrom(components[i].getType())) {
        assertThat(thrown.getCause()).hasMessage(components[i].getName());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void constructor_copiesCollections(Class<?> type) throws ReflectiveOperationException {
    Object[] values = samples(type);
    Object made = make(type, values);
    RecordComponent[] components = type.getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      Object kept = components[i].getAccessor().invoke(made);
      if (kept instanceof Collection<?> collection) {
        assertThat(collection).isNotSameAs(values[i]);
        assertThatExceptionOfType(UnsupportedOperationException.class)
            .as("%s.%s", type.getSimpleName(), components[i].getName())
            .isThrownBy(collection::clear);
      } else if (kept instanceof Map<?, ?> map) {
        assertThat(map).isNotSameAs(values[i]);
        assertThatExceptionOfType(UnsupportedOperationException.class)
            .as("%s.%s", type.getSimpleName(), components[i].getName())
            .isThrownBy(map::clear);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void record_keepsItsValuesAndComparesByThem(Class<?> type) throws ReflectiveOperationException {
    Object[] values = samples(type);
    Object one = make(type, values);

    assertThat(make(type, values)).isEqualTo(one).hasSameHashCodeAs(one);
    RecordComponent[] components = type.getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      assertThat(components[i].getAccessor().invoke(one)).isEqualTo(values[i]);
    }
  }

  static Stream<Class<?>> generatedValues() {
    return Stream.of(
        ImmutableClusterNetwork.class,
        ImmutableCreateConnectionRequest.class,
        ImmutablePrivateLinkConnection.class);
  }

  @ParameterizedTest
  @MethodSource("generatedValues")
  void generatedValue_comparesByContent(Class<?> type) {
    EqualsVerifier.forClass(type).suppress(Warning.NULL_FIELDS).verify();
  }
}
