// SPDX-License-Identifier: MIT
package picorn.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.Arrays;
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
        Method method = Arrays.stream(type.getDeclaredMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return EngineTestKit.engine(JUPITER)
                .selectors(selectMethod(type, method))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .findFirst()
                .flatMap(event -> event.getPayload(TestExecutionResult.class))
                .flatMap(TestExecutionResult::getThrowable)
                .orElseThrow(() -> new AssertionError(name + " did not fail"));
    }
}
