// SPDX-License-Identifier: MIT
package picorn.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Packages depend downward only; the core is deterministic and single-threaded (docs/architecture.md). */
@AnalyzeClasses(packages = "picorn", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** What it makes computes the same as what it replaces, so when it is done does not show. */
    private static final String TRANSLATORS_THREAD = "picorn.emulator.engine.SharedUnits";

    private static final DescribedPredicate<JavaClass> DETERMINISTIC =
            new DescribedPredicate<>("emulator, board, stack or board tests") {
                @Override
                public boolean test(JavaClass type) {
                    String name = type.getPackageName();
                    return !name.startsWith("picorn.cli")
                            && !name.startsWith("picorn.netstack.host")
                            && !name.startsWith("picorn.emulator.host")
                            && !type.getName().equals("picorn.junit.WallGuard");
                }
            };

    @ArchTest
    static final ArchRule THE_STACK_KNOWS_NO_BOARD = noClasses()
            .that()
            .resideInAPackage("picorn.netstack..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picorn.emulator..", "picorn.stm32f4..", "picorn.cli..");

    @ArchTest
    static final ArchRule THE_EMULATOR_KNOWS_NO_CHIP_AND_NO_STACK = noClasses()
            .that()
            .resideInAPackage("picorn.emulator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picorn.netstack..", "picorn.stm32f4..", "picorn.cli..");

    @ArchTest
    static final ArchRule THE_BOARD_KNOWS_NO_COMMAND_LINE = noClasses()
            .that()
            .resideInAPackage("picorn.stm32f4..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picorn.cli..", "picorn.netstack.host..", "picorn.emulator.unicorn..");

    @ArchTest
    static final ArchRule BOARD_TESTS_STAND_ON_THE_BOARD_ALONE = noClasses()
            .that()
            .resideInAPackage("picorn.junit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picorn.cli..", "picorn.emulator.unicorn..");

    @ArchTest
    static final ArchRule NOTHING_BUT_TESTS_KNOWS_BOARD_TESTS = noClasses()
            .that()
            .resideOutsideOfPackage("picorn.junit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picorn.junit..");

    @ArchTest
    static final ArchRule ONLY_ITS_OWN_PACKAGE_NAMES_UNICORN = noClasses()
            .that()
            .resideOutsideOfPackage("picorn.emulator.unicorn..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picorn.emulator.unicorn..", "unicorn..");

    @ArchTest
    static final ArchRule ONLY_UNICORN_AND_TAP_CALL_NATIVE_CODE = noClasses()
            .that()
            .resideOutsideOfPackages("picorn.emulator.unicorn..", "picorn.netstack.host..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..");

    @ArchTest
    static final ArchRule THE_ENGINES_BOUNDARY_KNOWS_NOTHING_ABOVE_IT = noClasses()
            .that()
            .resideInAPackage("picorn.emulator.cpu..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picorn.emulator.bus..", "picorn.emulator.core..", "picorn.emulator.machine..");

    @ArchTest
    static final ArchRule NO_CYCLES_BETWEEN_EMULATOR_PACKAGES =
            slices().matching("picorn.emulator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_CYCLES_BETWEEN_STACK_PACKAGES =
            slices().matching("picorn.netstack.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_CYCLES_BETWEEN_BOARD_PACKAGES =
            slices().matching("picorn.stm32f4.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOTHING_DETERMINISTIC_READS_THE_HOSTS_CLOCK_OR_SLEEPS = noClasses()
            .that(DETERMINISTIC)
            .and()
            .doNotHaveFullyQualifiedName(TRANSLATORS_THREAD)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.security.SecureRandom")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule NO_MUTABLE_STATICS =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule UTILITY_DUMPS_HAVE_NO_PLACE =
            classes().should().haveSimpleNameNotEndingWith("Utils").andShould().haveSimpleNameNotEndingWith("Util");
}
