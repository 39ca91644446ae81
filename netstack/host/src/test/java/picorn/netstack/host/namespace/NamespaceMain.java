// SPDX-License-Identifier: MIT
package picorn.netstack.host.namespace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Base64;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the test methods that standard input names, one a line, and answers each with a line: what became of it, and why. */
final class NamespaceMain {
    static final String PASSED = "passed";
    static final String SKIPPED = "skipped";
    static final String FAILED = "failed";

    private NamespaceMain() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Launcher launcher = LauncherFactory.create();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String test = requests.readLine(); test != null; test = requests.readLine()) {
            Outcome outcome = new Outcome();
            launcher.execute(
                    LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors.selectMethod(test))
                            .build(),
                    outcome);
            answers.println(outcome.status + " " + encode(outcome.text));
            answers.flush();
        }
        System.exit(0);
    }

    static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static final class Outcome implements TestExecutionListener {
        private String status = FAILED;
        private String text = "no such test";

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            settle(SKIPPED, reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            Throwable cause = result.getThrowable().orElse(null);
            switch (result.getStatus()) {
                case SUCCESSFUL -> {
                    if (test.isTest()) {
                        settle(PASSED, "");
                    }
                }
                case ABORTED -> settle(SKIPPED, cause == null ? "" : cause.getMessage());
                default -> settle(FAILED, trace(cause));
            }
        }

        private void settle(String status, String text) {
            this.status = status;
            this.text = text;
        }

        private static String trace(Throwable cause) {
            StringWriter text = new StringWriter();
            if (cause != null) {
                cause.printStackTrace(new PrintWriter(text));
            }
            return text.toString();
        }
    }
}
