package io.privatelink4j;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.spi.SystemTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The arrows between packages, and what must not be used at all. */
@AnalyzeClasses(
    packages = "io.privatelink4j",
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ArchitectureTest {
  private static final String ROOT = "io.privatelink4j";

  private static final String MODEL = ROOT + ".model..";
  private static final String EXCEPTION = ROOT + ".exception..";
  private static final String SPI = ROOT + ".spi..";
  private static final String KAFKA = ROOT + ".kafka..";
  private static final String INTERNAL = ROOT + ".internal..";
  private static final String TESTING = ROOT + ".testing..";

  // --- who may import whom ---

  @ArchTest static final ArchRule model_importsNothingOfOurs = mayImport(MODEL);

  @ArchTest static final ArchRule exception_importsModelOnly = mayImport(EXCEPTION, MODEL);

  @ArchTest static final ArchRule spi_importsModelAndException = mayImport(SPI, MODEL, EXCEPTION);

  @ArchTest static final ArchRule kafka_importsModelOnly = mayImport(KAFKA, MODEL);

  @ArchTest
  static final ArchRule internal_importsModelExceptionAndSpi =
      mayImport(INTERNAL, MODEL, EXCEPTION, SPI);

  @ArchTest
  static final ArchRule root_importsAllButTesting =
      mayImport(ROOT, MODEL, EXCEPTION, SPI, INTERNAL, KAFKA);

  @ArchTest
  static final ArchRule testing_importsModelExceptionAndSpi =
      mayImport(TESTING, MODEL, EXCEPTION, SPI);

  private static ArchRule mayImport(String from, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = from;
    System.arraycopy(others, 0, allowed, 1, others.length);
    DescribedPredicate<JavaClass> ours =
        resideInAPackage(ROOT + "..").and(not(JavaClass.Predicates.resideInAnyPackage(allowed)));
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat(ours)
        .as(from + " may import of ours only " + List.of(allowed));
  }

  @ArchTest
  static final ArchRule core_needsSlf4jAndAnnotationsOnly =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "..", "java..", "javax.annotation..", "org.slf4j..", "org.immutables.value..");

  // --- what is public is meant to be ---

  @ArchTest
  static final ArchRule publicClasses_cannotBeExtended =
      classes()
          .that()
          .arePublic()
          .and()
          .resideOutsideOfPackage(INTERNAL)
          .and()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .and(not(isAbstractException()))
          .should()
          .haveModifier(JavaModifier.FINAL);

  private static DescribedPredicate<JavaClass> isAbstractException() {
    return DescribedPredicate.describe(
        "abstract exceptions",
        type ->
            type.isAssignableTo(PrivateLinkException.class)
                && type.getModifiers().contains(JavaModifier.ABSTRACT));
  }

  @ArchTest
  static final ArchRule exceptions_areUncheckedAndOfOneRoot =
      classes()
          .that()
          .resideInAPackage(EXCEPTION)
          .and()
          .areAssignableTo(Throwable.class)
          .should()
          .beAssignableTo(PrivateLinkException.class)
          .andShould()
          .beAssignableTo(RuntimeException.class);

  @ArchTest
  static final ArchRule optional_isNoParameterOfPublicOperations =
      methods()
          .that()
          .areDeclaredIn(PrivateLinkClient.class)
          .and()
          .arePublic()
          .should()
          .notHaveRawParameterTypes(
              DescribedPredicate.describe(
                  "an Optional",
                  types -> types.stream().anyMatch(t -> t.isEquivalentTo(Optional.class))));

  @ArchTest
  static final ArchRule statics_areConstants =
      fields()
          .that()
          .areStatic()
          .and()
          .doNotHaveModifier(JavaModifier.SYNTHETIC)
          .should()
          .beFinal();

  // --- time and environment ---

  @ArchTest
  static final ArchRule time_entersThroughTimeOnly =
      noClasses()
          .that()
          .doNotBelongToAnyOf(SystemTime.class)
          .should()
          .callMethodWhere(readsAClockOrWaits())
          .because("tests run in virtual time: use io.privatelink4j.spi.Time");

  @ArchTest
  static final ArchRule timers_areMadeBySystemTimeOnly =
      noClasses()
          .that()
          .doNotBelongToAnyOf(SystemTime.class)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ScheduledExecutorService.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.Timer.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.time.Clock.class)
          .orShould()
          .callConstructor(java.util.Date.class);

  private static DescribedPredicate<JavaCall<?>> readsAClockOrWaits() {
    Set<String> system = Set.of("nanoTime", "currentTimeMillis");
    Set<String> future = Set.of("orTimeout", "completeOnTimeout", "delayedExecutor");
    return DescribedPredicate.describe(
        "reads a clock, sleeps or schedules",
        call -> {
          JavaClass owner = call.getTargetOwner();
          String name = call.getTarget().getName();
          return (owner.getPackageName().equals("java.time") && name.equals("now"))
              || (owner.isEquivalentTo(System.class) && system.contains(name))
              || (owner.isEquivalentTo(Thread.class) && name.equals("sleep"))
              || (owner.isEquivalentTo(TimeUnit.class) && name.equals("sleep"))
              || (owner.isEquivalentTo(CompletableFuture.class) && future.contains(name))
              || (owner.isEquivalentTo(Executors.class) && name.contains("cheduled"))
              || (owner.getPackageName().equals("java.util.concurrent.locks")
                  && name.startsWith("park"));
        });
  }

  @ArchTest
  static final ArchRule environment_isNotRead =
      noClasses()
          .should()
          .callMethodWhere(
              DescribedPredicate.describe(
                  "reads the environment",
                  call ->
                      call.getTargetOwner().isEquivalentTo(System.class)
                          && Set.of("getenv", "getProperty", "getProperties")
                              .contains(call.getTarget().getName())));

  @ArchTest
  static final ArchRule output_goesToTheLogOnly =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..");
}
