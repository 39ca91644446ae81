// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One encoding of the manual (ARMv7-M ARM, A5 to A7): its bits, how it is written, what it does, and what it takes.
 *
 * <p>The bits are the manual's, with a letter for each bit of a field; the bits of a letter make one number, first one highest.
 * Halfwords of a 32-bit encoding follow each other. The letters: {@code d n m a t u} registers (u the second of two, e both d and n),
 * {@code i} the immediate, {@code j} its upper part in MOVW and the J bits in branches, {@code w} a second number (a width, a rotation),
 * {@code y} a shift's type, {@code s} sets flags, {@code c} a condition, {@code l} a register list, {@code v} a bit whose 1 stands for
 * "add", {@code D N M} floating-point registers, {@code x} a bit without meaning.
 *
 * <p>What is written says in angle brackets how an operand comes from the letters: see {@link Operands}.
 */
final class Encoding {
    /** How a code is written that is no instruction. */
    static final String UNDEFINED = "undefined <code>";

    private static final Pattern TOKEN = Pattern.compile("<([^>]*)>");

    final String bits;
    final String syntax;
    final Meaning meaning;
    final Cost cost;
    /** The fixed bits, and their values. */
    final int mask;

    final int value;
    /** How early it is tried, where others match too: the lowest first. */
    final int rank;

    /** Made when it is asked for: few encodings ever meet a code, and a short run should not pay for all. */
    private Operands operands;

    /** One that takes one cycle. */
    Encoding(String pattern, String syntax, Meaning meaning) {
        this(pattern, syntax, meaning, Cost.ONE, 0);
    }

    /** One that counts as if it had {@code advantage} more fixed bits. */
    Encoding(String pattern, String syntax, Meaning meaning, Cost cost, int advantage) {
        bits = pattern.replace(" ", "");
        if (bits.length() != 16 && bits.length() != 32) {
            throw new IllegalArgumentException("%d bits in %s".formatted(bits.length(), pattern));
        }
        this.syntax = syntax;
        this.meaning = meaning;
        this.cost = cost;
        int fixed = 0;
        int ones = 0;
        for (int i = 0; i < bits.length(); i++) {
            char bit = bits.charAt(i);
            fixed = fixed << 1 | (bit == '0' || bit == '1' ? 1 : 0);
            ones = ones << 1 | (bit == '1' ? 1 : 0);
        }
        mask = fixed;
        value = ones;
        rank = -Integer.bitCount(mask) - advantage;
    }

    /** How its operands come from its letters. */
    Operands operands() {
        Operands known = operands;
        if (known == null) {
            known = new Operands(this);
            operands = known;
        }
        return known;
    }

    boolean wide() {
        return bits.length() == 32;
    }

    boolean matches(int code) {
        return (code & mask) == value;
    }

    boolean has(char letter) {
        return bits.indexOf(letter) >= 0;
    }

    boolean writes(String token) {
        return syntax.contains(token);
    }

    /** The tokens in the syntax, one by one. */
    Matcher tokens() {
        return TOKEN.matcher(syntax);
    }

    /** The number that the bits of {@code letter} in {@code code} make; 0 without any. */
    int field(char letter, int code) {
        int number = 0;
        int top = bits.length() - 1;
        for (int i = bits.indexOf(letter); i >= 0; i = bits.indexOf(letter, i + 1)) {
            number = number << 1 | code >>> top - i & 1;
        }
        return number;
    }

    /** Ones where {@code letter} stands. */
    int positions(char letter) {
        int positions = 0;
        for (char bit : bits.toCharArray()) {
            positions = positions << 1 | (bit == letter ? 1 : 0);
        }
        return positions;
    }

    /** How many bits {@code letter} has. */
    int width(char letter) {
        return Integer.bitCount(positions(letter));
    }

    @Override
    public String toString() {
        return bits + " " + syntax;
    }
}
