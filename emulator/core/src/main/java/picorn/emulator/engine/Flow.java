// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** Where instructions go on, as far as their encodings tell. A guide to what belongs together: what is executed depends on none of it. */
final class Flow {
    private Flow() {}

    /** Whether it goes to {@link Instruction#i}, perhaps. */
    static boolean branches(Instruction i) {
        return i.encoding.operands().label;
    }

    /** Whether it is a call, so that what follows is come back to. */
    static boolean calls(Instruction i) {
        return i.encoding.syntax.startsWith("bl");
    }

    /** Whether it never goes on with the one after it, but for a call that returns. */
    static boolean endsFlow(Instruction i) {
        return i.encoding.syntax.startsWith("b<c>") && !i.encoding.has('c') || goesAnywhere(i);
    }

    /** Whether it goes to an address that it computes or loads. */
    static boolean goesAnywhere(Instruction i) {
        String syntax = i.encoding.syntax;
        return syntax.startsWith("bx")
                || syntax.startsWith("blx")
                || isTableBranch(i)
                || syntax.contains("> pc, ")
                || syntax.startsWith("ldr<c>.w pc")
                || (i.list & 1 << Core.PC) != 0 && !syntax.startsWith("stm");
    }

    static boolean isTableBranch(Instruction i) {
        return i.encoding.syntax.startsWith("tb");
    }

    /** Whether it stops the run by itself, or is there to be refused. */
    static boolean stops(Instruction i) {
        String syntax = i.encoding.syntax;
        return i.stopsAnyway()
                || syntax.startsWith("undefined")
                || syntax.startsWith("udf")
                || syntax.startsWith("bkpt");
    }

    /** Whether the run ends after it. */
    static boolean suspends(Instruction i) {
        String syntax = i.encoding.syntax;
        return syntax.startsWith("svc") || syntax.startsWith("wf") || syntax.startsWith("sev");
    }
}
