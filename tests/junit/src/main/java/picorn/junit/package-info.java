// SPDX-License-Identifier: MIT
/** Firmware tests in JUnit 5: a board for each test, driven in virtual time. Begin with {@link picorn.junit.PicornTest}. */
package picorn.junit;
