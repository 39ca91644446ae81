// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picorn.emulator.engine.Objdump.Answer;
import picorn.emulator.engine.Objdump.Question;

/** Every encoding is decoded as objdump decodes it, and written as objdump writes it, but for {@link ObjdumpDifference}. */
class DisassemblySweepTest {
    private static final long SEED = 20_261_122;
    private static final int PER_ENCODING = 400;
    private static final int IN_BLOCKS_PER_ENCODING = 30;
    private static final int RANDOM_WORDS = 100_000;
    private static final int FIRST_WIDE = 0xe800;
    private static final int CONDITIONS = 14;
    private static final int SHOWN = 40;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzDMNW";

    private final Random random = new Random(SEED);

    @Test
    void all16BitCodesReadAsObjdumpWritesThem() {
        assertSame(IntStream.range(0, FIRST_WIDE)
                .mapToObj(code -> Question.outside(code, false))
                .toList());
    }

    @Test
    void all32BitEncodingsReadAsObjdumpWritesThem() {
        List<Question> questions = new ArrayList<>();
        for (Encoding encoding : Encodings.CORTEX_M4.all()) {
            for (int k = 0; encoding.wide() && k < PER_ENCODING; k++) {
                questions.add(Question.outside(sample(encoding), true));
            }
        }
        assertSame(questions);
    }

    @Test
    void anything32BitReadsAsObjdumpWritesIt() {
        assertSame(randomWords());
    }

    @Test
    @Tag("demand")
    void anythingOf4Million32BitWordsReadsAsObjdumpWritesIt() {
        for (int k = 0; k < 4_000_000 / RANDOM_WORDS; k++) {
            assertSame(randomWords());
        }
    }

    private List<Question> randomWords() {
        return IntStream.generate(random::nextInt)
                .filter(code -> Encodings.isWide(code >>> 16))
                .limit(RANDOM_WORDS)
                .mapToObj(code -> Question.outside(code, true))
                .toList();
    }

    @Test
    void inItBlocksTheyReadAsObjdumpWritesThem() {
        List<Question> questions = new ArrayList<>();
        for (Encoding encoding : Encodings.CORTEX_M4.all()) {
            for (int k = 0; k < IN_BLOCKS_PER_ENCODING; k++) {
                questions.add(new Question(sample(encoding), encoding.wide(), random.nextInt(CONDITIONS)));
            }
        }
        assertSame(questions);
    }

    @ParameterizedTest
    @EnumSource
    void differenceIsStillThere(ObjdumpDifference difference) {
        boolean wide = difference.example >>> 16 != 0;
        Answer theirs =
                Objdump.ask(List.of(Question.outside(difference.example, wide))).get(0);
        Instruction i = instruction(theirs);
        Answer ours = Answer.of(theirs.question(), theirs.address(), text(i, theirs.question()));

        assertThat(isSame(i, ours, theirs)).as("%s, %s", ours, theirs).isFalse();
        assertThat(ObjdumpDifference.of(i, ours, theirs))
                .as("%s, %s", ours, theirs)
                .contains(difference);
    }

    /** Random operands, some of them all zeros or all ones. */
    private int sample(Encoding encoding) {
        int bits = random.nextInt();
        for (char letter : LETTERS.toCharArray()) {
            int positions = encoding.positions(letter);
            bits = switch (random.nextInt(6)) {
                case 0 -> bits & ~positions;
                case 1 -> bits | positions;
                default -> bits;
            };
        }
        return encoding.value | bits & ~encoding.mask & (encoding.wide() ? -1 : 0xffff);
    }

    private static void assertSame(List<Question> questions) {
        List<String> different = new ArrayList<>();
        for (Answer theirs : Objdump.ask(questions)) {
            Instruction i = instruction(theirs);
            Answer ours = Answer.of(theirs.question(), theirs.address(), text(i, theirs.question()));
            if (!isSame(i, ours, theirs)
                    && ObjdumpDifference.of(i, ours, theirs).isEmpty()) {
                different.add("%08x %s: [%s] %s, objdump [%s] %s"
                        .formatted(i.code, i.encoding, ours.text(), ours.place(), theirs.text(), theirs.place()));
            }
        }
        assertThat(different.stream().limit(SHOWN))
                .as("%d of %d, seed %d", different.size(), questions.size(), SEED)
                .isEmpty();
    }

    private static boolean isSame(Instruction i, Answer ours, Answer theirs) {
        return ours.text().equals(theirs.text())
                && (!i.refersToPlace() || ours.place().equals(theirs.place()));
    }

    private static Instruction instruction(Answer answer) {
        Question question = answer.question();
        Encoding encoding = Encodings.CORTEX_M4.of(question.code(), question.wide());
        return new Instruction(encoding, question.code(), answer.address(), question.inBlock());
    }

    private static String text(Instruction i, Question question) {
        return Disassembler.text(i, question.inBlock() ? question.condition() << 4 | 8 : 0, "0x%x"::formatted);
    }
}
