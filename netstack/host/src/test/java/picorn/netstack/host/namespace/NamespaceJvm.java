// SPDX-License-Identifier: MIT
package picorn.netstack.host.namespace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A JVM in a user and network namespace that runs test methods on demand, see {@link NamespaceMain} for the other end. */
public final class NamespaceJvm implements ExtensionContext.Store.CloseableResource {
    static final String MARK = "picorn.namespace";
    private static final long LONGEST_TEST_MINUTES = 5;

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream requests;

    NamespaceJvm() throws IOException, InterruptedException {
        requireUnshare();
        process = new ProcessBuilder(command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        requests = new PrintStream(process.getOutputStream(), true, UTF_8);
    }

    static boolean isThisOne() {
        return Boolean.getBoolean(MARK);
    }

    private static void requireUnshare() throws InterruptedException {
        try {
            Process probe = new ProcessBuilder("unshare", "-rn", "true")
                    .redirectErrorStream(true)
                    .start();
            String says = new String(probe.getInputStream().readAllBytes(), UTF_8).strip();
            if (probe.waitFor() != 0) {
                Unavailable.because("this host does not allow user namespaces: " + says);
            }
        } catch (IOException e) {
            Unavailable.because("no unshare(1), thus no network namespaces: " + e.getMessage());
        }
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>(List.of("unshare", "-rn"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + MARK + "=true",
                "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(NamespaceMain.class.getName());
        return command;
    }

    /** Runs a method, which may be inherited, of a test class. */
    void run(Class<?> of, Method test) throws Exception {
        requests.println(of.getName() + "#" + test.getName()
                + Stream.of(test.getParameterTypes()).map(Class::getName).collect(Collectors.joining(",", "(", ")")));
        String[] answer = answer(test).split(" ", 2);
        String text = new String(Base64.getDecoder().decode(answer[1]), UTF_8);
        switch (answer[0]) {
            case NamespaceMain.PASSED -> {}
            case NamespaceMain.SKIPPED -> Assumptions.abort(text);
            default -> throw new AssertionError(text);
        }
    }

    private String answer(Method test) throws Exception {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(this::nextLine);
        try {
            return line.get(LONGEST_TEST_MINUTES, TimeUnit.MINUTES);
        } catch (java.util.concurrent.TimeoutException e) {
            close();
            throw new AssertionError(test.getName() + " has not ended within " + LONGEST_TEST_MINUTES + " minutes", e);
        }
    }

    private String nextLine() {
        try {
            String line = answers.readLine();
            return line == null ? NamespaceMain.FAILED + " " + NamespaceMain.encode("the JVM has died") : line;
        } catch (IOException e) {
            return NamespaceMain.FAILED + " " + NamespaceMain.encode(e.toString());
        }
    }

    @Override
    public void close() {
        requests.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
