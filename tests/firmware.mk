# SPDX-License-Identifier: MIT
# How firmware of tests is built: on firmware-images' startup code, with Debian 12's gcc-arm-none-eabi.
# Takes NAME, SOURCES and TARGET, the directory that the image goes to.

ROOT := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))/..)
IMAGES := $(ROOT)/firmware-images
CC := arm-none-eabi-gcc
CFLAGS := -std=c11 -mcpu=cortex-m4 -mthumb -mfloat-abi=soft -O2 -g -ffreestanding -fno-tree-loop-distribute-patterns \
	-fno-common -ffunction-sections -fdata-sections -Wall -Wextra -Werror \
	-ffile-prefix-map=$(CURDIR)=. -ffile-prefix-map=$(IMAGES)=firmware-images \
	-ffile-prefix-map=$(shell $(CC) -print-file-name=include)=gcc -I$(IMAGES)/common
LDFLAGS := -nostdlib -Wl,--gc-sections -Wl,--build-id=none -Wl,--fatal-warnings -L$(IMAGES) -T $(IMAGES)/common/stm32f429.ld
COMMON := $(addprefix $(IMAGES)/common/,startup.c semihosting.c text.c octets.c)

$(TARGET)/$(NAME).elf: $(SOURCES) $(COMMON) $(MAKEFILE_LIST)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(SOURCES) $(COMMON) -lgcc

check:
	@fresh=$$(mktemp -d) && trap 'rm -rf "$$fresh"' EXIT && $(MAKE) --no-print-directory -s TARGET="$$fresh" && \
	cmp "$$fresh/$(NAME).elf" $(TARGET)/$(NAME).elf && echo "$(NAME).elf is what its sources say"

.PHONY: check
