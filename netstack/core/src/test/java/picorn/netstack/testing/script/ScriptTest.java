// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picorn.netstack.stack.StackConfig;

/** Every script of the resources, against the full stack. */
class ScriptTest {
    private static final List<String> FILES = List.of(
            "rfc9293-connection",
            "rfc9293-data",
            "rfc1122-tcp",
            "rfc2018",
            "rfc3168",
            "rfc5681",
            "rfc5961",
            "rfc6298",
            "rfc6528",
            "rfc7323",
            "probes",
            "ip");

    private static List<Script> scripts() {
        return FILES.stream()
                .flatMap(file -> Script.read(file + ".script").stream())
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> stackAndScriptAgree() {
        String only = System.getProperty("picorn.script", "");
        return scripts().stream()
                .filter(script -> script.toString().contains(only))
                .map(script -> DynamicTest.dynamicTest(
                        script.toString(), () -> ScriptRun.run(script, StackConfig.named("station"))));
    }

    /** The eight that picoTCP and lwIP were put to. */
    @TestFactory
    Stream<DynamicTest> theLeastOfStacksStandsTheProbes() {
        return Script.read("probes.script").stream()
                .map(script ->
                        DynamicTest.dynamicTest(script.toString(), () -> ScriptRun.run(script, StackConfig.minimal())));
    }

    @Test
    void namesTellScriptsApart() {
        assertThat(scripts()).extracting(Script::toString).doesNotHaveDuplicates();
        assertThat(scripts()).extracting(Script::reference).allMatch(reference -> reference.startsWith("RFC "));
    }
}
