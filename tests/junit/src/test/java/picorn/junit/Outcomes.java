// SPDX-License-Identifier: MIT
package picorn.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs tests of tests. */
final class Outcomes {
    private static final String JUPITER = "junit-jupiter";

    private Outcomes() {}

    static EngineExecutionResults of(Class<?> type) {
        return EngineTestKit.engine(JUPITER).selectors(selectClass(type)).execute();
    }

    /** What the test {@code name} failed with. */
    static Throwable failure(Class<?> type, String name) {
        return failure(type, name, Map.of());
    }

    /** As {@link #failure(Class, String)}, run with these configuration parameters. */
    static Throwable failure(Class<?> type, String name, Map<String, String> parameters) {
        return failures(type, name, parameters).get(0);
    }

    /** What each invocation of the test {@code name} failed with. */
    static List<Throwable> failures(Class<?> type, String name, Map<String, String> parameters) {
        Method method = Arrays.stream(type.getDeclaredMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        List<Throwable> failures = EngineTestKit.engine(JUPITER)
                .enableImplicitConfigurationParameters(true)
                .configurationParameters(parameters)
                .selectors(selectMethod(type, method))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow())
                .toList();
        if (failures.isEmpty()) {
            throw new AssertionError(name + " did not fail");
        }
        return failures;
    }
}
