// SPDX-License-Identifier: MIT
/*
 * IT blocks of every shape under every condition, 14 * 15 functions. Each takes flags in r0 and the address of the
 * word 4 in r1; slot n of a block adds 1 << n to the result when it is executed. The slots differ in kind and length.
 */
    .file   "it.S"   /* else the symbol table holds a temporary name */
    .syntax unified
    .thumb
    .text

/* 16-bit addition, 32-bit logic, load, shifted operand: conditions c0 to c3, - for a slot that the block has not. */
    .macro it_function shape, cond, c0, c1, c2, c3
    .balign 2
1:  movs    r2, #0
    movs    r3, #0
    mov     r12, #1
    msr     APSR_nzcvq, r0
    it\shape \cond
    add\c0  r2, r2, #1
    .ifnc \c1,-
    orr\c1\().w r2, r2, #2
    .endif
    .ifnc \c2,-
    ldr\c2  r3, [r1]
    .endif
    .ifnc \c3,-
    add\c3\().w r2, r2, r12, lsl #3
    .endif
    add     r0, r2, r3
    bx      lr
    .pushsection .rodata.it_functions, "a"
    .word   1b + 1
    .popsection
    .endm

    .macro it_shapes cond, inverse
    it_function    , \cond, \cond, -, -, -
    it_function t  , \cond, \cond, \cond, -, -
    it_function e  , \cond, \cond, \inverse, -, -
    it_function tt , \cond, \cond, \cond, \cond, -
    it_function et , \cond, \cond, \inverse, \cond, -
    it_function te , \cond, \cond, \cond, \inverse, -
    it_function ee , \cond, \cond, \inverse, \inverse, -
    it_function ttt, \cond, \cond, \cond, \cond, \cond
    it_function ett, \cond, \cond, \inverse, \cond, \cond
    it_function tet, \cond, \cond, \cond, \inverse, \cond
    it_function eet, \cond, \cond, \inverse, \inverse, \cond
    it_function tte, \cond, \cond, \cond, \cond, \inverse
    it_function ete, \cond, \cond, \inverse, \cond, \inverse
    it_function tee, \cond, \cond, \cond, \inverse, \inverse
    it_function eee, \cond, \cond, \inverse, \inverse, \inverse
    .endm

    .pushsection .rodata.it_functions, "a"
    .balign 4
    .global it_functions
it_functions:
    .popsection

    .global it_code
    .type it_code, %function
it_code:
    it_shapes eq, ne
    it_shapes ne, eq
    it_shapes cs, cc
    it_shapes cc, cs
    it_shapes mi, pl
    it_shapes pl, mi
    it_shapes vs, vc
    it_shapes vc, vs
    it_shapes hi, ls
    it_shapes ls, hi
    it_shapes ge, lt
    it_shapes lt, ge
    it_shapes gt, le
    it_shapes le, gt
    .size it_code, . - it_code

/* A block that ends in a branch; r0: flags. Returns 3 when Z was set, else 4. */
    .global it_with_branch
    .type it_with_branch, %function
it_with_branch:
    movs    r1, #1
    msr     APSR_nzcvq, r0
    itt     eq
    addeq   r1, r1, #2
    beq     2f
    movs    r1, #4
2:  mov     r0, r1
    bx      lr
    .size it_with_branch, . - it_with_branch
