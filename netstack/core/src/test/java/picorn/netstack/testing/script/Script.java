// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation with a stack, with what each side is to say at which time.
 *
 * @param name what it shows
 * @param reference RFC and section
 * @param lines what happens, a line each
 */
public record Script(String name, String reference, List<String> lines) {
    private static final String HEADING = "=== ";

    /**
     * Reads a file of scripts; each begins with a line {@code === RFC 9293, section 3.5: what it shows}.
     */
    public static List<Script> read(String resource) {
        return parse(text(resource));
    }

    private static String text(String resource) {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(resource, e);
        }
    }

    /** Reads scripts. */
    public static List<Script> parse(String text) {
        List<Script> scripts = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String raw : text.split("\n")) {
            if (raw.startsWith(HEADING)) {
                lines = new ArrayList<>();
                int colon = raw.indexOf(": ");
                scripts.add(new Script(raw.substring(colon + 2).trim(), raw.substring(HEADING.length(), colon), lines));
            } else if (!raw.replaceAll("#.*", "").isBlank()) {
                lines.add(raw.replaceAll("#.*", "").trim());
            }
        }
        return scripts;
    }

    @Override
    public String toString() {
        return reference + ": " + name;
    }
}
