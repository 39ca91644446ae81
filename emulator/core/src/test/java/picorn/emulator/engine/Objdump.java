// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** What arm-none-eabi-objdump makes of codes. CI has to have it; elsewhere the tests that need it are left out without it. */
final class Objdump {
    private static final String PROGRAM = "arm-none-eabi-objdump";
    private static final int SLOT = 16;
    private static final int NOP = 0xbf00;
    private static final Pattern LINE = Pattern.compile("\\s*([0-9a-f]+):\\t[^\\t]+\\t(.*)");
    private static final Pattern PLACE = Pattern.compile("@ \\(?(?:adr \\w+, )?(0x[0-9a-f]+)\\)?.*");

    private Objdump() {}

    /**
     * A code to ask for.
     *
     * @param condition of the IT block that it is in; {@link #OUTSIDE} of none
     */
    record Question(int code, boolean wide, int condition) {
        static final int OUTSIDE = -1;

        static Question outside(int code, boolean wide) {
            return new Question(code, wide, OUTSIDE);
        }

        boolean inBlock() {
            return condition != OUTSIDE;
        }
    }

    /**
     * An answer.
     *
     * @param address where it was asked for
     * @param text name and operands, separated by single blanks; empty if it is no instruction
     * @param place the address that a comment gives; empty if none does
     */
    record Answer(Question question, int address, String text, String place) {
        /** The same of this engine's text. */
        static Answer of(Question question, int address, String text) {
            int comment = text.indexOf('@');
            String words = comment < 0 ? text : text.substring(0, comment);
            Matcher place = PLACE.matcher(comment < 0 ? "" : text.substring(comment));
            boolean isNone = text.contains("UNDEFINED") || text.startsWith("undefined") || words.isBlank();
            return new Answer(
                    question,
                    address,
                    isNone ? "" : words.strip().replaceAll("\\s+", " "),
                    place.matches() ? place.group(1) : "");
        }
    }

    static List<Answer> ask(List<Question> questions) {
        Path file = null;
        try {
            file = Files.createTempFile("picorn", ".bin");
            Files.write(file, image(questions));
            return run(questions, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each code in a slot of its own, behind its IT, with NOPs to the end so that nothing reaches into the next. */
    private static byte[] image(List<Question> questions) {
        byte[] image = new byte[questions.size() * SLOT];
        for (int at = 0; at < image.length; at += 2) {
            put(image, at, NOP);
        }
        for (int k = 0; k < questions.size(); k++) {
            Question question = questions.get(k);
            int at = k * SLOT;
            if (question.inBlock()) {
                put(image, at, 0xbf08 | question.condition << 4);
                at += 2;
            }
            put(image, at, question.wide ? question.code >>> 16 : question.code);
            if (question.wide) {
                put(image, at + 2, question.code);
            }
        }
        return image;
    }

    private static void put(byte[] image, int at, int halfword) {
        image[at] = (byte) halfword;
        image[at + 1] = (byte) (halfword >> 8);
    }

    private static List<Answer> run(List<Question> questions, Path file) throws IOException {
        Process process = start(
                PROGRAM,
                "-D",
                "-z",
                "-EL",
                "-b",
                "binary",
                "-marmv7e-m",
                "-Mforce-thumb,reg-names-std",
                file.toString());
        List<Answer> answers = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    int address = Integer.parseUnsignedInt(matcher.group(1), 16);
                    Question question = questions.get(address / SLOT);
                    if (address % SLOT == (question.inBlock() ? 2 : 0)) {
                        answers.add(Answer.of(question, address, matcher.group(2)));
                    }
                }
            }
        }
        assertThat(answers).as("answers of objdump").hasSameSizeAs(questions);
        return answers;
    }

    private static Process start(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            Assumptions.assumeTrue(System.getenv("CI") != null, PROGRAM + " is not installed");
            throw new UncheckedIOException(PROGRAM + " is needed: install binutils-arm-none-eabi", e);
        }
    }
}
