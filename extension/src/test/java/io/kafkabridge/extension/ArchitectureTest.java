package io.kafkabridge.extension;

import java.time.Instant;

import com.hivemq.extension.sdk.api.services.Services;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

/** A message walks through each room once, in order; the rooms don't know the ones before them. */
class ArchitectureTest {

    private static final String BASE = "io.kafkabridge.extension";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    @Test
    void dependencies_runOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("extension")
                .definedBy(BASE)
                .layer("intake")
                .definedBy(BASE + ".intake")
                .layer("routing")
                .definedBy(BASE + ".routing")
                .layer("record")
                .definedBy(BASE + ".record")
                .layer("delivery")
                .definedBy(BASE + ".delivery")
                .layer("spool")
                .definedBy(BASE + ".spool")
                .layer("config")
                .definedBy(BASE + ".config")
                .layer("status")
                .definedBy(BASE + ".status")
                .layer("rejected")
                .definedBy(BASE + ".rejected")
                .layer("http")
                .definedBy(BASE + ".http")
                .layer("prometheus")
                .definedBy(BASE + ".prometheus")
                .layer("page")
                .definedBy(BASE + ".page")
                .layer("cli")
                .definedBy(BASE + ".cli")
                .whereLayer("extension")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("prometheus")
                .mayOnlyBeAccessedByLayers("extension")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("extension", "prometheus")
                .whereLayer("page")
                .mayOnlyBeAccessedByLayers("extension")
                .whereLayer("intake")
                .mayOnlyBeAccessedByLayers("extension")
                .whereLayer("routing")
                .mayOnlyBeAccessedByLayers("extension", "intake", "cli", "page")
                .whereLayer("record")
                .mayOnlyBeAccessedByLayers("extension", "intake", "cli", "page")
                .whereLayer("delivery")
                .mayOnlyBeAccessedByLayers("extension", "intake", "cli", "page")
                .whereLayer("rejected")
                .mayOnlyBeAccessedByLayers("delivery", "cli", "page")
                .whereLayer("spool")
                .mayOnlyBeAccessedByLayers("delivery", "cli")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers(
                        "extension", "intake", "routing", "record", "delivery", "spool", "cli", "http", "page")
                .whereLayer("status")
                .mayOnlyBeAccessedByLayers("extension", "intake", "delivery", "page")
                .check(classes);
    }

    @Test
    void onlyTheExtension_touchesHiveMqsServices() {
        noClasses()
                .that()
                .areNotAssignableTo(KafkaBridgeExtension.class)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Services.class)
                .check(classes);
    }

    @Test
    void onlyTheIntake_knowsMqttPackets() {
        noClasses()
                .that(resideInAPackage(BASE + ".routing.."))
                .or(resideInAPackage(BASE + ".delivery.."))
                .or(resideInAPackage(BASE + ".config.."))
                .or(resideInAPackage(BASE + ".cli.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.hivemq..")
                .check(classes);
    }

    /** A clock that jumps must not change what is late, or when something is tried again. */
    @Test
    void noDecisionOfTheDelivery_goesByTheWallClock() {
        noClasses()
                .that(resideInAPackage(BASE + ".delivery..")
                        .or(resideInAPackage(BASE + ".spool.."))
                        .or(resideInAPackage(BASE + ".intake..")))
                .and()
                // What these ask for is shown to the operator only: the time of a rejected record, of a state, of an
                // old file.
                .doNotHaveFullyQualifiedName(BASE + ".delivery.Rejections")
                .and()
                .doNotHaveFullyQualifiedName(BASE + ".delivery.StateWatch")
                .and()
                .doNotHaveFullyQualifiedName(BASE + ".spool.Segments")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .check(classes);
    }

    @Test
    void onlyOneClass_knowsKafkasInternalRecords() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(BASE + ".spool.BatchFormat")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.common.record.internal..")
                .check(classes);
    }
}
