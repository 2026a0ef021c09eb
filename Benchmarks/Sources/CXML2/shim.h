#pragma once
// Debian builds libxml2 with ICU, whose headers clash with the ones Foundation brings along.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
