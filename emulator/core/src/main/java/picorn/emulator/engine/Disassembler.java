// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.StringJoiner;
import java.util.function.IntFunction;
import java.util.regex.Matcher;

/** Writes instructions in UAL the way arm-none-eabi-objdump does, from their encodings' syntax: see {@link Operands} for its tokens. */
final class Disassembler {
    private static final String[] CONDITIONS = {
        "eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "", ""
    };
    private static final String[] CORE = {
        "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "sp", "lr", "pc"
    };
    private static final String[] SHIFTS = {"lsl", "lsr", "asr", "ror"};

    private final Instruction i;
    private final String condition;
    private final IntFunction<String> places;

    private Disassembler(Instruction instruction, String condition, IntFunction<String> places) {
        i = instruction;
        this.condition = condition;
        this.places = places;
    }

    /**
     * The text of an instruction.
     *
     * @param itState ITSTATE before it: what an IT block adds to its name
     * @param places how an address is written: a branch's target, a literal
     */
    static String text(Instruction i, int itState, IntFunction<String> places) {
        String suffix = itState == 0 ? "" : CONDITIONS[itState >> 4];
        return new Disassembler(i, suffix, places).text();
    }

    private String text() {
        Matcher token = i.encoding.tokens();
        StringBuilder text = new StringBuilder();
        while (token.find()) {
            token.appendReplacement(text, Matcher.quoteReplacement(operand(token.group(1))));
        }
        token.appendTail(text);
        return i.refersToPlace() ? text + "  @ " + places.apply(i.i) : text.toString();
    }

    private String operand(String token) {
        if (token.startsWith(",")) {
            return optional(token.substring(1));
        }
        return switch (token) {
            case "c" -> i.encoding.has('c') ? CONDITIONS[i.condition] : condition;
            case "S", "s" -> i.setsFlags ? "s" : "";
            case "d" -> CORE[i.d];
            case "n" -> CORE[i.n];
            case "m" -> CORE[i.m];
            case "a" -> CORE[i.a];
            case "t" -> CORE[i.t];
            case "u" -> CORE[i.u];
            case "tflags" -> i.t == Core.PC ? "APSR_nzcv" : CORE[i.t];
            case "sD" -> "s" + i.d;
            case "sN" -> "s" + i.n;
            case "sM" -> "s" + i.m;
            case "sM+1" -> "s" + (i.m + 1);
            case "dD" -> "d" + i.d / 2;
            case "dM" -> "d" + i.m / 2;
            case "!" -> (i.list >> i.n & 1) == 0 ? "!" : "";
            case "W" -> i.writesBack ? "!" : "";
            case "list", "list+lr", "list+pc" -> list();
            case "slist" -> range("s", i.d, i.i);
            case "dlist" -> range("d", i.d / 2, i.i / 2);
            case "label" -> places.apply(i.i);
            case "it" -> itBlock();
            case "sysm" -> Status.name(i.i, i.w);
            case "ie" -> i.w == 0 ? "ie" : "id";
            case "if" -> ((i.i & 2) != 0 ? "i" : "") + ((i.i & 1) != 0 ? "f" : "");
            case "barrier" -> i.i == 15 ? "sy" : "#" + i.i;
            case "shift" -> shift();
            case "ror" -> "ror #" + 8 * i.w;
            case "lsl", "lsr", "asr" -> Integer.toString(i.shiftAmount);
            case "w" -> Integer.toString(i.w);
            case "w+1" -> Integer.toString(i.w + 1);
            case "bfw" -> Integer.toUnsignedString(i.w - i.i + 1);
            case "fbits16" -> Integer.toString(16 - (i.i << 1 | i.w));
            case "fbits32" -> Integer.toString(32 - (i.i << 1 | i.w));
            case "hex" -> "%04x".formatted(i.i);
            case "code" -> (i.length == 2 ? "0x%04x" : "0x%08x").formatted(i.code);
            case "adr", "adr-i", "sp!" -> "";
            default -> number(token);
        };
    }

    /** With a comma, or nothing at all: {@code shift}, {@code ror}, or something after a '#' or a shift's name. */
    private String optional(String token) {
        String operand = token.substring(token.startsWith("#") ? 1 : 0);
        if (isNothing(operand)) {
            return "";
        }
        String before =
                token.startsWith("#") ? "#" : operand.equals("lsl") || operand.equals("asr") ? operand + " #" : "";
        return ", " + before + operand(operand);
    }

    /** Of an operand that may be left out: whether it says nothing. */
    private boolean isNothing(String token) {
        return switch (token) {
            case "shift", "lsl", "asr" -> i.shiftType == Shift.LSL && i.shiftAmount == 0;
            case "ror" -> i.w == 0;
            default -> number(token).equals("0");
        };
    }

    private String shift() {
        return i.shiftType == Shift.RRX ? "rrx" : SHIFTS[i.shiftType] + " #" + i.shiftAmount;
    }

    /** The immediate, or the distance of a literal from the PC. That 0 is subtracted shows where objdump shows it. */
    private String number(String token) {
        int distance = i.refersToPlace() ? i.i - (i.address + 4 & ~3) : i.i;
        boolean negative = i.encoding.operands().isNegative(i.encoding, i.code);
        boolean signed = !token.startsWith("i") && (distance != 0 || token.contains("*"));
        String sign = negative && signed ? "-" : "";
        return sign + Integer.toUnsignedString(negative ? -distance : distance);
    }

    private String list() {
        StringJoiner list = new StringJoiner(", ");
        for (int left = i.list; left != 0; left &= left - 1) {
            list.add(CORE[Integer.numberOfTrailingZeros(left)]);
        }
        return list.toString();
    }

    private static String range(String letter, int first, int count) {
        return count == 1 ? letter + first : "%s%d-%s%d".formatted(letter, first, letter, first + count - 1);
    }

    /** The letters behind "i", and the first condition. */
    private String itBlock() {
        int mask = i.i & 15;
        int length = 4 - Integer.numberOfTrailingZeros(mask);
        StringBuilder letters = new StringBuilder();
        for (int k = 1; k < length; k++) {
            letters.append((mask >> 4 - k & 1) == (i.i >> 4 & 1) ? 't' : 'e');
        }
        return letters + " " + (i.i >> 4 == 14 ? "al" : CONDITIONS[i.i >> 4]);
    }
}
