package io.kafkabridge.extension.bridge;

import java.time.Instant;

import com.hivemq.extension.sdk.api.services.Services;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

/** A message walks through each room once, in order; the rooms don't know the ones before them. */
class ArchitectureTest {

    private static final String BASE = "io.kafkabridge.extension";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE, "io.kafkabridge.spool");

    @Test
    void dependencies_runOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("bridge")
                .definedBy(BASE + ".bridge..")
                .layer("tools")
                .definedBy(BASE + ".tools..")
                .layer("page")
                .definedBy(BASE + ".monitoring.page..")
                .layer("prometheus")
                .definedBy(BASE + ".monitoring.prometheus..")
                .layer("http")
                .definedBy(BASE + ".monitoring.http..")
                .layer("metrics")
                .definedBy(BASE + ".monitoring.metrics..")
                .layer("intake")
                .definedBy(BASE + ".intake..")
                .layer("routing")
                .definedBy(BASE + ".routing..")
                .layer("record")
                .definedBy(BASE + ".record..")
                .layer("payload")
                .definedBy(BASE + ".payload..")
                .layer("delivery")
                .definedBy(BASE + ".delivery")
                .layer("spooled")
                .definedBy(BASE + ".delivery.spooled..")
                .layer("kafka")
                .definedBy(BASE + ".kafka..")
                .layer("rejected")
                .definedBy(BASE + ".delivery.rejected..")
                .layer("config")
                .definedBy(BASE + ".config")
                .layer("stores")
                .definedBy(BASE + ".config.stores..")
                .layer("model")
                .definedBy(BASE + ".model..")
                .whereLayer("bridge")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("tools")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("page")
                .mayOnlyBeAccessedByLayers("bridge")
                .whereLayer("prometheus")
                .mayOnlyBeAccessedByLayers("bridge")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("bridge", "prometheus", "page")
                .whereLayer("metrics")
                .mayOnlyBeAccessedByLayers("bridge", "intake", "delivery", "spooled", "page")
                .whereLayer("intake")
                .mayOnlyBeAccessedByLayers("bridge")
                .whereLayer("routing")
                .mayOnlyBeAccessedByLayers("bridge", "intake", "tools", "page")
                .whereLayer("record")
                .mayOnlyBeAccessedByLayers("bridge", "intake", "tools", "page")
                .whereLayer("payload")
                .mayOnlyBeAccessedByLayers("record")
                .whereLayer("delivery")
                .mayOnlyBeAccessedByLayers("bridge", "intake", "tools", "page")
                .whereLayer("spooled")
                .mayOnlyBeAccessedByLayers("delivery", "intake", "bridge")
                .whereLayer("kafka")
                .mayOnlyBeAccessedByLayers("delivery", "spooled", "rejected", "tools")
                .whereLayer("rejected")
                .mayOnlyBeAccessedByLayers("delivery", "tools", "page")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("bridge", "tools", "page")
                .whereLayer("stores")
                .mayOnlyBeAccessedByLayers("config", "kafka")
                .whereLayer("model")
                .mayNotAccessAnyLayer()
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
                .or(resideInAPackage(BASE + ".payload.."))
                .or(resideInAPackage(BASE + ".delivery.."))
                .or(resideInAPackage(BASE + ".config.."))
                .or(resideInAPackage(BASE + ".model.."))
                .or(resideInAPackage(BASE + ".tools.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.hivemq..")
                .check(classes);
    }

    /** The way back knows the SDK's {@code Publish}, which is none of them. */
    @Test
    void onlyTheIntake_knowsInboundPackets() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".intake..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.hivemq.extension.sdk.api.interceptor..",
                        "com.hivemq.extension.sdk.api.packets.connect..",
                        "com.hivemq.extension.sdk.api.packets.publish..",
                        "com.hivemq.extension.sdk.api.packets.puback..",
                        "com.hivemq.extension.sdk.api.packets.pubrec..")
                .check(classes);
    }

    /** A clock that jumps must not change what is late, or when something is tried again. */
    @Test
    void noDecisionOfTheDelivery_goesByTheWallClock() {
        noClasses()
                .that(resideInAPackage(BASE + ".delivery..").or(resideInAPackage(BASE + ".intake..")))
                .and()
                // What these ask for is shown to the operator only: the time of a rejected record, of a state, of an
                // old file.
                .doNotHaveFullyQualifiedName(BASE + ".delivery.rejected.Rejections")
                .and()
                .doNotHaveFullyQualifiedName(BASE + ".delivery.StateWatch")
                .and()
                // A message expires by the wall clock.
                .doNotHaveFullyQualifiedName(BASE + ".delivery.spooled.SpoolDrain")
                .and()
                .doNotHaveFullyQualifiedName(BASE + ".delivery.rejected.RejectedFolder")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .check(classes);
    }

    @Test
    void onlyOneRoom_knowsProducers() {
        noClasses()
                .that(resideInAPackage(BASE + "..").and(not(resideInAPackage(BASE + ".kafka.."))))
                .should()
                .dependOnClassesThat(assignableTo(Producer.class)
                        .or(assignableTo(Admin.class))
                        .or(assignableTo(Callback.class).and(not(resideInAPackage(BASE + "..")))))
                .check(classes);
    }

    @Test
    void onlyOneClass_knowsKafkasInternalRecords() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.kafkabridge.spool.BatchFormat")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.common.record.internal..")
                .check(classes);
    }

    @Test
    void onlyPayloadAndConfig_knowJsonata() {
        noClasses()
                .that(resideInAPackage(BASE + ".."))
                .and()
                .resideOutsideOfPackages(BASE + ".payload..", BASE + ".config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.dashjoin.jsonata..")
                .check(classes);
    }
}
